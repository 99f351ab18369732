"""Small programs of Groovy whose value is known."""

from __future__ import annotations

from typing import Final

_EXPRESSIONS: Final = r"""
1 + 2 * 3 - 4
7 / 2
6 / 3
10 / 4
1 / 3
22 / 7
1.50 + 2
1.5 * 2.25
-7 % 3
7 % -3
2 ** 10
-5.abs()
7.intdiv(2)
-7.intdiv(2)
1 == 1.0
1 == '1'
'a' == "a"
"a${1}" == 'a1'
true == 'true'
null == false
[1, 2] == [1, 2]
[1, 2] == [1.0, 2]
[a: 1] == [a: 1]
'a' <=> 'b'
2 <=> 1
null <=> 1
1 < 2 && 2 < 3
!''
!'false'
![]
![:]
!0
!0.0
!null
'' ?: 'default'
'x' ?: 'default'
null ?: 0
'a' in ['a', 'b']
"${'a'}" in ['a', 'b']
2 in [1, 2]
'k' in [k: 1]
'k' in [k: 0]
'abc' ==~ /a.c/
'abcd' ==~ /a.c/
('abcd' =~ /b(.)/) ? 'yes' : 'no'
('x=1, y=2' =~ /(\w)=(\d)/)[1][2]
('x=1' =~ /(\w)=(\d)/)[0]
('abc' =~ /./)[1]
'a-b-c'.split('-')
'a-b-c'.split('-') as List
'a--b--'.split('-').size()
'a b  c'.split()
'a.b'.split(/\./)[1]
'a,b;c'.tokenize(',;')
'a,b'.tokenize(',')[-1]
'  a '.trim() + '|'
'abc'.substring(1)
'abc'.substring(1, 2)
'abc'[0]
'abc'[-1]
'abcdef'[1..3]
'abcdef'[1..-2]
'abcdef'[-3..-1]
'abcdef'[0..<3]
'abc'.reverse()
'abc'.contains('b')
'abc'.startsWith('ab') && 'abc'.endsWith('bc')
'a/b/c'.replace('/', '-')
'a1b22'.replaceAll(/\d+/, '#')
'John Smith'.replaceAll(/(\w+) (\w+)/, '$2 $1')
'aXb'.replaceAll('X') { it.toLowerCase() }
'aa'.replaceFirst('a', 'b')
'a.b.a' - 'a'
'ab' * 3
'abc'.toUpperCase() + 'DEF'.toLowerCase()
'abc'.capitalize()
'abc'.indexOf('c') + 'abcb'.lastIndexOf('b')
'abc'.length() + 'abc'.size()
'5'.toInteger() + 1
'5'.isInteger() && !'5a'.isInteger()
'1.5'.toBigDecimal() + 1
'true'.toBoolean()
'yes'.toBoolean()
'7'.padLeft(3, '0')
'7'.padRight(3) + '|'
'abc'.equalsIgnoreCase('ABC')
'a\nb\n'.readLines()
'abc'.toList()
'banana'.count('an')
'abc'.take(2) + 'abc'.drop(2)
'abc' as String
'x'.equals("${'x'}")
"x${1}".toString().equals('x1')
"${[1, 'a']} ${[k: 'v']} ${null} ${true}"
"${1.0} ${2.50}"
'' + [a: [1, 2]]
'' + null
null + 'a'
'a' + 1 + 2
1 + 2 + 'a'
"a" + 'b' + "${1 + 1}"
[1, 2] + 3
[1, 2] + [3]
[1, 2, 3, 2] - 2
[1, 2, 3] - [1, 3]
[a: 1] + [b: 2, a: 3]
[1, 2, 3].collect { it * 2 }
[1, 2, 3].findAll { it > 1 }
[1, 2, 3].find { it > 1 }
[1, 2, 3].any { it > 2 }
[1, 2, 3].every { it > 0 }
[1, 2, 3].inject(0) { sum, it -> sum + it }
[1, 2, 3].sum()
[].sum()
['a', 'b'].sum()
[3, 1, 2].sort()
[3, 1, 2].sort { -it }
['bb', 'a'].sort { a, b -> a.size() <=> b.size() }
[3, 1, 2].max() + [3, 1, 2].min()
['bb', 'a'].max { it.size() }
[1, 1, 2].unique()
[1, [2, [3]]].flatten()
[1, 2, 3].join('-')
['a', 'b'].join()
[1, 2, 3].reverse()
[1, 2, 3].first() + [1, 2, 3].last()
[1, 2, 3].tail()
[1, 2, 3][1..-1]
[1, 2, 3][-1]
[1, 2, 3][5]
[1, 2, 3].take(2)
[1, 2, 3].contains(2)
[1, 2, 3].indexOf(3)
[1, 2, 3].size()
[1, 2, 3, 4].groupBy { it % 2 == 0 ? 'even' : 'odd' }
['a', 'b'].collectEntries { [it, it * 2] }
['a', 'b'].collectEntries { [(it): 1] }
['a', 'b'].withIndex()
[[1, 2], [3, 4]].transpose()
[[1, 2], ['a', 'b']].combinations()
[1, 2, 3, 4, 5].collate(2)
[1, 2, 3].intersect([2, 3, 4])
[1, 2, 3].split { it > 1 }
[1, 2, 3].count { it > 1 }
['a', 'b']*.toUpperCase()
[[n: 1], [n: 2]]*.n
[[n: 1], [n: 2]].n
[*[1, 2], 3]
[a: 1, *: [b: 2]]
[a: 1, b: 2].collect { k, v -> "$k=$v" }
[a: 1, b: 2].collect { it.key + it.value }
[a: 1, b: 2].findAll { k, v -> v > 1 }
[a: 1, b: 2].find { it.value == 2 }.key
[a: 1].get('a') + [a: 1].get('b', 5)
[a: 1].containsKey('a')
[b: 1, a: 2].sort()
[a: 1, b: 2].keySet()
[a: 1, b: 2].values()
[a: 1, b: 2].any { k, v -> v == 2 }
[a: [b: [c: 'deep']]].a.b.c
[a: null]?.a?.b
[a: 1]['a']
[(1 + 1): 'x'][2]
["${'a'}": 1]['a']
(1..3)
(1..3).collect { it }
(1..<3) as List
('a'..'c').join()
(3..1).toList()
1..3
[1, 2, 3] as Set
'42' as int
42 as String
3.7 as int
1 instanceof Integer
'a' instanceof String
"${1}" instanceof String
[] instanceof List
null instanceof Object
1 ? 'a' : 'b'
5 & 3 | 8
true ^ true
1 << 4
-8 >> 1
String.format('%s-%03d', 'a', 7)
String.valueOf(1) + String.join('-', 'a', 'b')
Integer.parseInt('12') + Math.max(1, 2)
Boolean.parseBoolean('TRUE')
'a'.hashCode() + 'hello world'.hashCode()
"${1..3}"
"${(1..3)}x" + (1..3)
(1..3).toString()
"${[1..2, 'a']}"
[1, 2] as String
[a: 1].toString() + [1].toString()
'abc'.each { it }
'abc'.collect { it + '.' }
'a b'.split(' ').collect { it }.size()
'a,b'.split(',').contains('a')
'a,b'.split(',').join('-')
'a\nb'.split('\n')
'key: v'.split(':', 2)[1].trim()
'one two'.split().size()
' x '.isEmpty() || ''.isEmpty()
'abc' > 'abd'
'10' > '9'
10 > 9.5
'a'.compareTo('b')
['b', 'a', 'C'].sort()
[1, 2, 3].collect { it }.size() == 3
[1, null, 2].findAll()
[1, null, 2].findAll { it }
[1, 2, 3].drop(1)
[1, 2] << 3
[[1, 'a'], [2, 'b']].collectEntries()
[[1, 'a'], [2, 'b']].collectEntries { k, v -> [v, k] }
[a: 1].collectEntries { k, v -> [(k.toUpperCase()): v + 1] }
[a: 1, b: 2].inject(0) { s, e -> s + e.value }
[a: 1, b: 2].collect { it }.size()
[a: 2, b: 1].sort { it.value }
[a: 2, b: 1].min { it.value }.key
[a: 1, b: 2].every { k, v -> v }
[a: 1, b: 2].count { it.value > 1 }
[a: 1, b: 2].each { k, v -> v }
[a: 1] == [a: 1.0]
[a: 1].size() + [a: 1].isEmpty().toString()
[a: 1] ?: 'x'
[:] ?: 'x'
[a: 1] - [a: 1]
[a: 1] << [b: 2]
['x', 'y'].indexed()
['a', 'b', 'c'].findIndexOf { it == 'b' }
['a', 'b'].eachWithIndex { v, i -> i }
[1, 2, 3, 4].sum { it * 2 }
[1, 2, 3].sum(10)
[3, 1].toSorted() + [1, 1].toUnique()
['a', 'a'].toSet().size()
[1, 2, 3].subList(1, 2)
[1, 2, 3].containsAll([1, 2])
[1, 2, 3].disjoint([4])
[1, 2, 3].plus([4]).minus(1)
[1, 2] * 2
[1, 2].multiply(2)
['a', 'b'].join(', ').toUpperCase().replace(', ', '')
['1', '2']*.toInteger().sum()
[null, 'a']*.toString()
[1, 2, 3].head() + [1, 2, 3].last()
[5, 6].getAt(1)
'abc'.getAt(1)
'a'.plus('b').concat('c')
'a' * 0 + '|'
'hello' =~ /l+/ ? 'found' : 'none'
('a1b2' =~ /\d/).collect { it }
('a1b2' =~ /\d/).size()
('a1b2' =~ /(\w)(\d)/).collect { all, w, d -> w + d }
('a1b2' =~ /\d/).findAll()
'a1b2'.findAll(/\d/)
'a1b2'.find(/\d/)
'v1.2.3' ==~ /v\d+(\.\d+)*/
'release/1' ==~ 'release/.*'
'Line\n' ==~ /Line/
'x.y'.replaceAll('.', '-')
'x.y'.replaceAll(/\./, '-')
'path/to'.replaceAll('/', '%2F')
'a\\b'.replace('\\', '/')
'ab'.replaceAll(/(a)(b)/) { all, a, b -> b + a }
'aé'.length()
'0'.toInteger() ? 1 : 2
'12'.toLong() * 2L
'1e3'.toBigDecimal()
3.0 / 2
1.0 / 3
2 / 3 * 3
10 % 4 + 10.intdiv(4)
0.1 + 0.2
0.1d + 0.2d
1.0f + 1
100 * 1.1
5 / 2 as int
(5 / 2) as int
7.0.toInteger()
3.14159.toString()
1000000 * 1000
-(-3)
+3
~5
!true || false && true
1 <=> 2 <=> 3
2 > 1 == true
true && 'x'
null || ''
'a' ? 1 : 0
"a" == 'a' && "a".equals('a')
"${1}${2}".length()
"${'a' + "${'b'}"}"
'\u0041\t|'
1 as boolean
'' as boolean
'1' as Integer
[1, 2] as int[]
'a'.class.simpleName
1.class.name
[1] instanceof Collection
'x'.with { it + 'y' }
[a: 1].with { it.a }
Integer.valueOf('3')
Math.min(1, 2) + Math.abs(-3)
'a-b'.matches(/\w-\w/)
"a\tb\\n\$x"
/a\/b\d/
$/a $x/$.size()
""".strip().splitlines()

_PROGRAMS: Final = [
    "def x = 1\nx += 2\nx",
    "def x = 1\nx++ + ++x",
    "x = 5\nx--\nx",
    "def (a, b) = [1, 2]\na + b",
    'def (a, b, c) = [1, 2]\n"$a $b $c"',
    'def a = 1, b = 2\n(a, b) = [b, a]\n"$a$b"',
    'String s = "a${1}"\ns instanceof String',
    "int i = 3.9\ni",
    "boolean b = 'x'\nb",
    "int i = 'x'\ni",
    "def m = [:]\nm.a = 1\nm['b'] = 2\nm.c = [1]\nm.c << 2\nm",
    "def l = []\nl << 1\nl.add(2)\nl += 3\nl",
    "def l = [1]\nl[3] = 4\nl",
    "def l = [1, 2, 3]\nl.remove(0)\nl",
    "def l = ['a', 'b']\nl.remove('a')\nl",
    "def l = [1, 2, 3]\nl.removeAll { it > 1 }\nl",
    'def l = [3, 1]\ndef s = l.sort(false)\n"$l $s"',
    "def r = []\nfor (i in 1..3) { if (i == 2) continue\nr << i }\nr",
    "def r = []\nfor (int i = 0; i < 5; i++) { if (i == 3) break\nr << i }\nr",
    "def r = ''\nfor (e in [a: 1, b: 2]) { r += e.key + e.value }\nr",
    "def r = ''\nfor (c in 'abc') { r = c + r }\nr",
    "def i = 0\nwhile (i < 3) { i++ }\ni",
    (
        "def r = []\nouter: for (i in 1..3) { for (j in 1..3) { if (j == 2) continue outer\n"
        "r << i * j } }\nr"
    ),
    "def r = []\n3.times { r << it }\n1.upto(2) { r << it }\nr",
    "def r = []\n[1, 2].eachWithIndex { v, i -> r << v * i }\nr",
    "def r = []\n[a: 1].each { k, v -> r << k + v }\n[b: 2].each { r << it.key }\nr",
    "def r = []\n[1, 2].each { if (it == 1) return\nr << it }\nr",
    "def f(x, y = 2) { x + y }\nf(1) + f(1, 1)",
    "def f(Map m, x) { m.a + x }\nf(2, a: 1)",
    "def f(Object... xs) { xs.size() }\nf() + f(1) + f(1, 2)",
    "def f(List xs) { 'list' }\ndef f(String s) { 'text' }\nf([]) + f('')",
    "def f() { 1; 2 }\nf()",
    "def f() { if (true) { 'a' } else { 'b' } }\nf()",
    "def f() { for (i in 1..3) { if (i == 2) return i } }\nf()",
    "void f() { 1 }\nf()",
    'String f() { "a${1}" }\nf() instanceof String',
    "def f() { try { return 'a' } finally { x = 'b' } }\nf() + x",
    "def c = { a, b = 2 -> a * b }\nc(3) + c(3, 3)",
    'def c = { it }\n"${c()} ${c(1)}"',
    "def c = { -> 1 }\nc()",
    "def c = { a, b -> a + b }\nc([1, 2])",
    "def add = { x -> { y -> x + y } }\nadd(1)(2)",
    "def n = 0\ndef c = { n++ }\nc()\nc()\nn",
    "def m = [f: { it * 2 }]\nm.f(4)",
    "def up = 'abc'.&toUpperCase\nup()",
    "try { throw new RuntimeException('no') } catch (e) { e.message }",
    "try { throw new RuntimeException('no') } catch (Exception e) { e.toString() }",
    "try { null.foo() } catch (NullPointerException e) { 'null' }",
    "try { [].first() } catch (NoSuchElementException e) { 'none' }",
    "try { 'a'.toInteger() } catch (NumberFormatException e) { e.message }",
    "try { nope } catch (MissingPropertyException e) { 'missing' }",
    (
        "def r = ''\ntry { r += 1\n"
        "throw new Exception('x') } catch (IOException e) { r += 2 } "
        "catch (e) { r += 3 } finally { r += 4 }\n"
        "r"
    ),
    (
        "def r = ''\n"
        "try { try { throw new Exception('x') } finally { r += 1 } } catch (e) { r += 2 }\nr"
    ),
    "throw new IllegalStateException('x')",
    "1 / 0",
    "null.size()",
    "assert 1 == 2",
    "assert 1 == 2 : 'no'",
    "switch ('b') { case 'a': 1; break\ncase ['b', 'c']: 2; break\ndefault: 3 }",
    (
        "def r = []\nswitch (2) { case 1: r << 1\ncase 2: r << 2\ncase 3: r << 3; break\n"
        "case 4: r << 4 }\nr"
    ),
    (
        "def f(x) { switch (x) { case ~/v\\d+/: return 'version'\n"
        "case String: return 'text'\ncase 1..3: return 'few'\n"
        "case { it > 99 }: return 'many'\ndefault: return 'other' } }\n"
        "[f('v1'), f('x'), f(2), f(100), f(50)]"
    ),
    "def x = null\nx?.size() ?: 'none'",
    "def a = [1, 2]\ndef b = a\nb << 3\na",
    "def s = 'x'\nif (s == 'x') { s = 'y' } else if (s == 'z') s = 'w'\ns",
    "def m = 'key=value=x' =~ /(\\w+)=(.*)/\nm.find() ? m.group(2) : ''",
    "def m = 'abc' =~ /x/\nm ? 1 : 2",
    "def text = '''a\n  b'''\ntext.readLines().collect { it.trim() }.join(',')",
    'def x = 10\n"${x > 5 ? "big ${x}" : \'small\'}"',
    "def s = ['a': 1, 'b-c': 2]\ns.'b-c'",
    "def name = 'a'\n[a: 7].\"$name\"",
    "def l = (1..5).findAll { it % 2 }.collect { it * it }\nl",
    "def f = { List l -> l.size() }\nf([1, 2])",
    "x = [1, 2, 3]\ny = x.collect { v -> [n: v] }\ny.find { it.n == 2 }",
    "[1, 2].each { it }\n",
    "final A = 'x'\nA * 2",
]

PROGRAMS: Final = [*_EXPRESSIONS, *_PROGRAMS]

# What has a value in Groovy that a simulation cannot know, or that the interpreter does not have.
UNSUPPORTED: Final = [
    "System.currentTimeMillis()",
    "2147483647 + 1",
    "new File('a').text",
    "class A { }\nnew A()",
    "while (true) { }",
    "'a'.nonsense()",
    '"${-> 1}"',
]
