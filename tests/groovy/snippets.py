"""Groovy in one-liners: what Groovy 2.4 accepts, and what it rejects.

Every line of a block is one source; `⏎` stands for a newline, `·` for a tab's worth of nothing.
"""

from __future__ import annotations


def _lines(block: str) -> list[str]:
    return [line.replace("⏎", "\n") for line in block.strip("\n").split("\n")]


STRINGS = _lines(r"""
x = "a ${b} c"
x = "${a}${b}"
x = "v ${m["k"]} w"
x = "${"${"${a}"}"}"
x = '''it's'''
x = '''a⏎b'''
x = ''''''
x = "\"\"" + '\'' + '\\'
x = "\u0041\101\7\t\b\f\n\r"
x = "a\⏎b"
x = "$a.b"
x = "$a."
x = "$a-1"
x = "$a.b()"
x = "$this"
x = "$a.in.b"
x = "$a$b"
x = "${}"
x = "${-> a}"
x = "${a -> a}"
x = "${def b = 1; b}"
""") + _lines(r'''
x = """a ${b⏎} c"""
x = """a "b" ""c"" \""" d"""
x = /a\/b \d $ ${c} $d/
x = /a⏎b/
x = (/a/)
x = y =~ /a.*b/
x = [/a/, /b/]
f(/x/)
sh $/x/$
x = $/a $$ $/ / \u0041 ${b} c/$
x = '$a'
x = ''
x = """"""
'a' 'b'
sh "run --f="x" y"
x."$n"()
x.'n'
x.'n' 1
"$n"(1)
"n" 1
''')

BAD_STRINGS = _lines(r"""
x = "${a⏎}"
f("${a,⏎b}")
x = "$class"
x = "$new.a"
x = "$a.class"
x = "$this.a"
x = "cost $ 5"
x = "$$x"
x = "$1"
x = '\d'
x = "\/"
x = '\s'
x = '\u12'
x = 1 // \user
return /x/
assert /x/
1 in /x/
sh /x/
x = 'a
x = "a
x = 'a⏎'
x = '''a
x = "${a
x = $//$
x = /a
f(⏎/x/)
x = a⏎/ b
""") + _lines(r'''
x = """cost $ 5"""
x = """\d"""
x = """a
''')

NEWLINES = _lines(r"""
a +⏎b
a ?⏎b :⏎c
a⏎? b⏎: c
a⏎?: b
a⏎.b()⏎// c⏎.d()
a⏎?.b⏎*.c⏎.&d
f(a,⏎b)
f a,⏎b
x =⏎1
x = [a:⏎1]
new⏎Foo()
!⏎a
@A⏎def x
def⏎x
final⏎int x = 1
if (a)⏎b()⏎else⏎c()
if (a) b(); else c()
if (a) { b() }⏎else if (c) { d() }⏎else { e() }
try⏎{ a() }⏎catch (e)⏎{ b() }⏎finally⏎{ c() }
a()⏎+ b
a⏎- b
f()⏎{ a() }
f⏎{ a() }
a.b(1)⏎{ c() }
x = f()⏎{ a() }
def x = f()⏎{ a() }
while (a) ;
for (a in b) ;
for (;;) ;
return⏎a
a = b \⏎+ c
f \⏎'a'
f('a') \⏎{ b() }
;a();;b();
a();⏎;⏎b()
x = { a -> ⏎ a }
x = {⏎a,⏎b⏎-> a }
class A⏎{⏎}
def f()⏎{⏎}
switch (a)⏎{⏎case 1:⏎b()⏎}
a ? b : c⏎d()
[a⏎: 1]
f(a⏎: 1)
(a⏎+ b)
f(⏎a⏎,⏎b⏎)
import a.b.*⏎c()
x = y ?⏎[a: 1] :⏎[b: 2]
""")

BAD_NEWLINES = _lines(r"""
a⏎&& b
a⏎|| b
a⏎, b
a⏎== b
stage 'x'⏎{ a() }
return f(1)⏎{ a() }
if (a) ; b()
if (a) b();; else c()
try { a() }; catch (e) { b() }
x = 1 def y = 2
class⏎A { }
import⏎a
import a⏎.b
x = y as A⏎.b
new a.⏎B()
catch⏎(e) { }
throw⏎a
a = b⏎= c
assert⏎a
{ a⏎: 1 }
""")

COMMANDS = _lines(r"""
a b
a b, c
a b c d
a b c
a 'b' c 'd'
a b c(d) e
a b c d, e f g
a.b c
a.b().c d
a(1) b 2
a(1) b
a { } b
a [1]
a [1, 2]
a [:]
foo[:]
a (1)
a -1
a - 1
a !b
a ~b
a b: 1
a b: 1, c: 2
a b, c: 2, d
a 'b': 1
a "b$c": 1
a default: 1
a 1: 2
a x = 1
a x = b c
x = a b
x += a b
x = a b c d
def x = sh 'a'
def x = a b, c
String x = sh script: 'a', returnStdout: true
f(x = a b)
a { b }
a b, { c }, d
a { b } { c }
node 'x' { a() }
node('x') { a() }
node('x', { a() }) { b() }
a ({ b })
a (b) c
a (b).c d
a b.c
a b[1]
a b { c }
a new B()
a this
a null, true
a int
sh "x" -e $A -e $B
sh 'a' sh 'b'
environment { A = 'b' C = 'd' }
steps { a() b() }
1 foo
5foo
x = 08
a b ? c : d
a b + c
a b as C
a {} .b
a.b { } .c { }
a*.b c
a?.b c
a.b = c d
a[0] = b c
stage('x') { }
Jenkinsfile (Declarative Pipeline)
f(String a)
f(String a = 1, b)
f(final a = 1)
foo bar.baz
foo bar: [a: 1], baz: { }
a 'x' b
a.@b c
println a as B
foo *a
void c d(1)
void { }
a b + c d
a this is
a = b c = d
x = a b = c
""")

BAD_COMMANDS = _lines(r"""
return a b
assert a b
throw a b
x << a b
x + a b
f(a b)
[a b]
foo ++x
foo { }, 1
foo (1), 2
foo (a): 1
f a,
f , a
a b,, c
(a b)
x ? a b : c
if (a b) { }
a b: 1 c: 2 d: 3
Echo 'x'
Foo Bar 'x'
foo a.b: 1
int(1)
x.this()
this 1
super(1)
""")

DECLARATIONS = _lines(r"""
def x
def x = 1, y = 2
String x
String a, b = 'c', d
int x = 3
int[] x = [1]
int[][] x
Foo bar
Foo.Bar baz = 1
a.b.Foo bar
List<String> x = []
Map<String, List<Integer>> x = [:]
Map<String, Map<String, List<A>>> x
Map.Entry<K, V> e = f()
List<? extends A> x
List<?> x
final x = 1
final String x = 1
static x = 1
private int x
def String x
def Foo bar
def (a, b) = f()
def (String a, int b) = [1, 2]
(a, b) = f()
(a) = f()
def (a, b) = c = d e
@Library('x') _
@Library('x')_
@Library('x')⏎_
@Library(['a', 'b']) _
@Library('x') import a.b
@Library('x')⏎import a.b
@Field x = 1
@Field String x = 1
@Field⏎def x = 1
@groovy.transform.Field def x
@A(a = 1, b = [1, 2]) def x
@A(@B) def x
@A([@B(1), @C]) def x
@A(value = { 1 }) def x
@A(default = 1) def x
def f() { }
def f(a, b = 1, String c, int... d) { }
def f(a, List<String> b = [], final c) { }
void f() throws A, b.C { }
String f() { 'a' }
static void main(String[] args) { }
static <T> T f(T a) { a }
def <T extends A & B> List<T> f() { }
private static final f(@A x) { }
def 'a b'() { }
def "a b"(c) { }
List<String> f(Map<String, List<A>> a) { }
synchronized f() { }
import a
import a.b
import a.b.*
import a.b as C
import static a.b.c
import static a.b.*
a();⏎import b
package a.b⏎import c
@A package a
for (int i = 0; i < 3; i++) { }
for (i = 0; i < 3; i++) a()
for (x in y) { }
for (x in y + z) { }
for (x in 1..3) { }
for (String x in y) { }
for (String x : y) { }
for (def x : y) { }
for (final x in y) { }
for (int x : y) a()
for (x in (a ?: b)) { }
for (;;) { break }
while (x = 1) { }
while (a) b()
if (a) b() else c()
if (a) if (b) c() else d()
if (a) int x = 1
switch (a) { }
switch (a) { case 1: b() }
switch (a) { case 1: case 'b': c(); break; case [1, 2]: d(); default: e() }
switch (a) { case 1: b()⏎case 2: c()⏎⏎default:⏎d() }
switch (a) { case A.B: c(); case ~/x/: d() }
switch (a) { case { it > 1 }: b() }
switch (a) { case a ? b : c: d() }
switch (a) { default: b() }
switch (a) { case 1: return 2 }
try { } catch (e) { }
try { } catch (Exception e) { } finally { }
try { } catch (A | b.C e) { }
try { } catch (final e) { }
try { } catch (def e) { }
try { } finally { }
synchronized (a) { b() }
assert a
assert a : 'b'
assert a, "b $c"
return
return a ? b : c
throw new A('b')
break
continue
a: for (;;) { break a }
a: 1
agent: any
a: { b() }
a: { b -> c }
a: b: c()
{ -> a() }
{ a -> b }()
x.with { -> a }
""")

BAD_DECLARATIONS = _lines(r"""
def x y
def x y = 1
map<String> x
def f()
Foo bar(1)
@Foo bar()
def a.b = 1
def class = 1
def as = 1
in = 1
@A(a: 1) def x
@Library('x') pipeline { }
@Library('x')⏎pipeline { }
@A(a = 1, a = 2) def x
def (a, b) = f c
(x.a, y) = f()
for (x : y) { }
for (int i = 0, j = 1; i < 3; i++) { }
for (x in a ? b : c) { }
for (x in a == b) { }
for (x in a && b) { }
for (static x in y) { }
for (a; b) { }
if (x = 1) { }
if (def x = 1) { }
while (def x = 1) { }
do { } while (a)
try { }
try { a() } b()
switch (a) { case 1: }
switch (a) { case 1: b(); default: }
switch (a) { default: b(); default: c() }
switch (a) { b() }
final final x = 1
private public x = 1
def def x
a(); package b
{ a() }
{ a }
a();⏎{ b() }
import a.b.
import a b
package
else { }
case 1: a()
catch (e) { }
a { def f() { } }
if (a) { class B { } }
a { import b }
def f(static a) { }
def f(a..., b) { }
def f(int... a, b) { }
volatile f() { }
abstract f() { }
goto a
const a = 1
x -> y
f(x -> y)
A::b
""")

EXPRESSIONS = _lines(r"""
x = a || b && c | d ^ e & f == g < h << i + j * k ** l
x = -a ** b
x = a * -b
x = a * - -b
x = !a
x = !!a
x = ! -a
x = ~a
x = ++a + b--
x = a--
x = a as B
x = a as B[]
x = a as List<String>
x = a as B == c
x = (a as B).c
x = a instanceof B
x = !(a instanceof B)
x = a in [1]
x = a ? b : c ? d : e
x = a ?: b ?: c
x = a ? b ? c : d : e
x = a ? (b) : c
x = a ? [b] : [c: d]
x = a ? { b } : { c }
x = a ?. b
x = a <=> b
x = a === b
x = a !== b
x = a =~ b
x = a ==~ b
x = 1..2
x = 1..<a.b()
x = a..b + 1
x = a[1..-1]
x = a[0][1]
x = a[]
x = a[b, c]
x = a[b: c]
x = a.b.c
x = a?.b?.c()
x = a*.b
x = a.&b
x = a.@b
x = a?.@b
x = a."b"
x = a."${b}"
x = a.(b)
x = a."$b"(c)
x = a.class
x = a.default.in.new.int
x.<A, B>f { }
x = new A()
x = new a.B(1, c: 2)
x = new A().b()
x = new A<B>()
x = new A<>()
x = new A[1]
x = new int[1][2]
x = new A[1][]
x = new A(1) { def b() { } }
x = new A() { int b = 1⏎void c() { } }
x = (A) b
x = (a) (b)
x = (a) [0]
x = (int) -1
x = (A) -1
x = (int[]) a
x = (List<A>) b
x = (a) - b
x = (a.b.C) d
x = (String) a.b() + c
x = int
x = []
x = [:]
x = [1,]
x = [a: 1,]
x = [a,, b]
f(a,⏎, b)
f(a,)
x = [*a, b]
x = [*: a, b: c]
f(*a)
f(*: a)
f(a: 1, b)
f(b, a: 1) { c }
x = [a: 1, a: 2]
x = ["a$b": 1, (c): 2, 3: 4, 'd': 5, if: 6, null: 7, true: 8, in: 9, as: 10, int: 11, final: 12]
x = [(a): b]
x = [a: { b }]
x = [a: b ? c : d]
x = { }
x = { -> }
x = { a -> a }
x = { a, b = 1, String c, d.E f, int... g -> a }
x = { String a -> b }
x = { Map<String, A> a -> b }
x = { final a -> b }
x = { @A a -> b }
x = { a = { b -> c } -> d }
x = { it⏎-> b } == 1 ? 1 : 2
x = a { } { }
x = a(1) { } { }
x = (a)
x = ((a))
x = (a) + (b)
x = (a ?: b).c()
(a).b()
(a)()
('a')()
('a') { b }
a()()
a[0](1)
a.b()()
({ a })()
{ a -> b }(1)
f { }
f() { }
f({ }, { })
x = 1_000 + 0x1F + 0b11 + 017 + 1.5 + 1e5 + 1.5e-3f + 10L + 2G + 1.5G + 1d + 0
x = 1.a
x = 1.5.b
x = 1..2
int = 3
x = a.b = c
a.b += c
a[0] <<= 1
(a = b) = c
a << b << c
a << [b: 1]
x = a.b { it } ?: c
this.a = 1
super.a()
x = this
x = -1
x = - 1
x = +a
x = a +-b
assert a == b && c : d
x = a != b ? c : d
“a” = b
ä = é
x = a /b/ c
x = a / b
x /= 2
""")

BAD_EXPRESSIONS = _lines(r"""
x = - -a
x = a < b < c
x = a as B + c
x = a as int as String
x = a instanceof B instanceof C
a ++ b
"X" = 1
'X' = 1
a - b = 1
f() = 1
1 = 2
a ? b : c = d
[a] = b
[a: 1] = b
"a$b" = 1
a.&b = 1
(int) a = 1
-1 = a
x = [a: 1, b]
x = [a, b: 1]
x = [a.b: 1]
x = [-1: 2]
x = [a,,]
x = [,]
x = [a,,b,,c]
f(,a)
f(a,,)
f(a: 1, a: 2)
f(a: 1, 'a': 2)
f a: 1, a: 2
new A(a: 1, a: 2)
x = a ? b
x = a ? b c
x = (a
x = a)
x = [a
x = {a
x = a}
x = (a]
x = a !in b
x = a ?= b
x = .5
x = 1.
x = 0x
x = 1e
x = 1_
x = new A
x = new A[]
x = new A[]{ 1 }
x = new int[]{ 1, 2 }
x = ()
x = (a, b)
x = (a; b)
f(a; b)
x = a +
x = * a
x = a..
x = a..<
x = a ? : b
x = a -> b
x = #a
a # b
x = `a`
x = a @ b
x =
= x
a.
a?.
a.1
a b.
@
@@
a:
f(return a)
f(a || (return))
f(throw a)
x = 5 5foo +
""")

CLASSES = _lines(r"""
class A { }
class A extends B implements C, D.E { }
class A<T extends B & C, U> extends D<T> { }
class A { int a; String b = 'c'⏎def d, e = 1 }
class A { def a() { } ; int b() { 1 } }
class A { A() { } }
class A { A(int a) { this.a = a } }
class A { A() { this(1) }⏎A(int a) { super(a); b() } }
class A { private A(b) throws C { } }
class A { static { a() } }
class A { { a() } }
class A { static a = 1⏎static b() { } }
class A { class B { }⏎enum C { D } }
class A { @B int c⏎@D⏎def e() { } }
class A { abstract b() }
abstract class A { abstract void b(int c) }
final class A { }
class A { def a = { b -> c } }
class A { List<String> a = []⏎Map<String, A> b }
class A { public static final String B = 'c' }
class A { static <T> T b(T c) { c } }
class A { int[] a = [1]⏎String[] b() { } }
class A { def 'b c'() { } }
class A { ; int a; ; }
interface A { }
interface A extends B, C { void d(); int e(String f)⏎int G = 1 }
trait A { def b() { }⏎int c }
@interface A { }
@interface A { String b() default 'c'⏎int d() }
enum A { }
enum A { B }
enum A { B, C }
enum A { B, C, }
enum A { B, C; }
enum A { B(1), C(2, d: 3); int e⏎A(e) { } }
enum A { B { def c() { } }, D }
enum A { B,⏎C⏎, D }
enum A implements B { C, D⏎def e() { } }
enum A { @B C, @D⏎E }
enum A { ; int b }
enum A { B C }
@A class B { }
@A @B(1) abstract class C { }
public class A { public static void main(String... a) { } }
class A { }⏎class B { }
class A { }; a()
def a = new A() { @Override String toString() { 'b' } }
""")

BAD_CLASSES = _lines(r"""
class A { a() }
class A { def (a, b) = [1, 2] }
class A { a = 1 }
class A { def b() }
class A { if (a) { } }
class A { int a int b }
class A { def a() { } def b() { } }
class A { static A() { } }
class A { int A() { } }
class A { def f() { this(1) } }
class A { A() { a(); this(1) } }
class A { A() { super.b(); super() } }
class A { }{ }
class A { } class B { }
class A
class A extends { }
class A extends B, C { }
class A extends B[] { }
class { }
class 1 { }
interface A { def b() { } }
interface A { A() { } }
interface A { void b(c = 1) }
interface A { { a() } }
abstract class A { abstract b() { } }
enum A { B⏎C }
enum A { 1 }
enum { A }
trait A { def b() }
class A { private private b }
class A { private public b }
class A { import b }
class A { return 1 }
@A
@A class
""")

OTHER = _lines(r"""

// a
/* a */
/* a⏎b */ c()
#!/usr/bin/env groovy
#!/usr/bin/env groovy⏎a()
""")

BAD_OTHER = _lines(r"""
# a
/* a
a() /* b
 #!/a
<<<<<<< HEAD
a()⏎=======⏎b()
a()⏎>>>>>>> b
""")

ACCEPTED = [*STRINGS, *NEWLINES, *COMMANDS, *DECLARATIONS, *EXPRESSIONS, *CLASSES, *OTHER]
REJECTED = [
    *BAD_STRINGS, *BAD_NEWLINES, *BAD_COMMANDS, *BAD_DECLARATIONS, *BAD_EXPRESSIONS,
    *BAD_CLASSES, *BAD_OTHER,
]  # fmt: skip
