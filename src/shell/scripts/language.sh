### lists and exit codes
true && echo yes || echo no
false && echo yes || echo no
! true || echo negated
echo a; echo b ; echo c # a comment
echo 'single # quoted' "double \"quoted\"" back\ slash a#b
false

### pipes into filters
echo 'one
two
three
Two' | grep -i two
### grep
cat <<END | grep -v b | grep -c .
abc
bcd
cde
END
cat <<'END' | grep -E '^(a|c)+'
abc
bcd
$cde
END
cat <<-END | grep -w net0
	net0 up
	net01 down
	END
echo x | grep y
### head, tail, wc, sort
cat <<END | head -n 2 | tail -1
1
2
3
END
cat <<END | sort | wc -l
b
a
END
cat <<END | sort -n -r
10
9
100
END
cat <<END | tail -n +2
x
y
z
END
### redirections
echo lost > /dev/null
cat /nosuch 2> /dev/null
cat /nosuch 2>&1 | wc -l
echo to stderr >&2
cat /nosuch >/dev/null 2>&1 || echo failed
cat <<< word
cat < /nosuch
echo after
### exit
echo one
exit 3
echo two
### errexit
set -e
false || echo tested
! true
echo before
false
echo never
### sh
sh -c 'echo inner; false' || echo code
bash -c 'true && echo "two words"'
sh <<'END'
echo from a here-document
END
### files
echo one > /run/notes
echo two >> /run/notes
cat /run/notes
cat < /run/notes | wc -l
