/*
 * What Groovy itself says of a source: accepted or rejected, where, and which calls, GStrings and closures it saw.
 *
 * One warm JVM for many sources. A line on stdin is a path, or `text:` and the source in base64; the answer is one
 * line of JSON on stdout, in the same order. With the argument `--bench N` stdin is read to its end first and each of
 * N passes over all sources answers with one line of timings.
 *
 * A source is compiled up to CONVERSION: parsed, and made into Groovy's AST. Names are not resolved.
 */
import groovy.json.JsonOutput
import groovy.transform.CompileStatic
import java.nio.charset.StandardCharsets
import java.nio.file.Files
import java.nio.file.Paths
import org.codehaus.groovy.ast.ASTNode
import org.codehaus.groovy.ast.ClassCodeVisitorSupport
import org.codehaus.groovy.ast.ClassNode
import org.codehaus.groovy.ast.ImportNode
import org.codehaus.groovy.ast.MethodNode
import org.codehaus.groovy.ast.ModuleNode
import org.codehaus.groovy.ast.PackageNode
import org.codehaus.groovy.ast.Parameter
import org.codehaus.groovy.ast.PropertyNode
import org.codehaus.groovy.ast.expr.ClosureExpression
import org.codehaus.groovy.ast.expr.ConstantExpression
import org.codehaus.groovy.ast.expr.ElvisOperatorExpression
import org.codehaus.groovy.ast.expr.Expression
import org.codehaus.groovy.ast.expr.GStringExpression
import org.codehaus.groovy.ast.expr.MapEntryExpression
import org.codehaus.groovy.ast.expr.MethodCallExpression
import org.codehaus.groovy.ast.expr.SpreadMapExpression
import org.codehaus.groovy.ast.expr.TupleExpression
import org.codehaus.groovy.control.CompilationFailedException
import org.codehaus.groovy.control.CompilationUnit
import org.codehaus.groovy.control.CompilerConfiguration
import org.codehaus.groovy.control.MultipleCompilationErrorsException
import org.codehaus.groovy.control.Phases
import org.codehaus.groovy.control.SourceUnit
import org.codehaus.groovy.control.messages.SyntaxErrorMessage

/** Counts what stands in the source, each site once: nothing that the compiler adds, nothing it visits twice. */
@CompileStatic
class Counter extends ClassCodeVisitorSupport {
    List<List> calls = []
    int gstrings = 0
    int closures = 0

    protected SourceUnit getSourceUnit() { null }

    void module(ModuleNode module) {
        if (module.package) { visitAnnotations(module.package) }
        for (ImportNode node : imports(module)) { visitAnnotations(node) }
        for (ClassNode node : module.classes) { visitClass(node) }
    }

    private static List<ImportNode> imports(ModuleNode module) {
        List<ImportNode> all = []
        all.addAll(module.imports)
        all.addAll(module.starImports)
        all.addAll(module.staticImports.values())
        all.addAll(module.staticStarImports.values())
        all
    }

    // The stock visitor repeats package and imports for every class, and a property's value with its field.
    void visitPackage(PackageNode node) { }
    void visitImports(ModuleNode node) { }
    void visitProperty(PropertyNode node) { }

    protected void visitConstructorOrMethod(MethodNode node, boolean isConstructor) {
        defaults(node.parameters)
        super.visitConstructorOrMethod(node, isConstructor)
    }

    void visitClosureExpression(ClosureExpression expression) {
        if (inSource(expression)) { closures++ }
        defaults(expression.parameters)
        super.visitClosureExpression(expression)
    }

    void visitGStringExpression(GStringExpression expression) {
        if (inSource(expression)) { gstrings++ }
        super.visitGStringExpression(expression)
    }

    void visitMethodCallExpression(MethodCallExpression call) {
        if (inSource(call)) {
            Expression name = call.method
            boolean literal = name instanceof ConstantExpression && ((ConstantExpression) name).value instanceof String
            Expression arguments = call.arguments
            int count = arguments instanceof TupleExpression ? ((TupleExpression) arguments).expressions.size() : 1
            calls << ([literal ? ((ConstantExpression) name).value : '?', call.lineNumber, count] as List)
        }
        super.visitMethodCallExpression(call)
    }

    // `a ?: b` keeps `a` as condition and as value; the stock visitor walks it twice.
    void visitShortTernaryExpression(ElvisOperatorExpression expression) {
        expression.trueExpression.visit(this)
        expression.falseExpression.visit(this)
    }

    // `*: a` is key and value of its entry at once.
    void visitMapEntryExpression(MapEntryExpression expression) {
        if (!(expression.keyExpression instanceof SpreadMapExpression)) { expression.keyExpression.visit(this) }
        expression.valueExpression.visit(this)
    }

    private void defaults(Parameter[] parameters) {
        for (Parameter parameter : (parameters ?: Parameter.EMPTY_ARRAY)) {
            if (parameter.hasInitialExpression()) { parameter.initialExpression.visit(this) }
        }
    }

    private static boolean inSource(ASTNode node) { node.lineNumber > 0 }
}

@CompileStatic
class Oracle {
    private final CompilerConfiguration configuration = new CompilerConfiguration()
    private final GroovyClassLoader loader = new GroovyClassLoader(Oracle.classLoader, configuration)

    /** The name Jenkins gives a Jenkinsfile: no class of a real source bears it. */
    private static final String NAME = 'WorkflowScript'

    static String read(String line) {
        byte[] bytes = line.startsWith('text:') ? line.substring(5).decodeBase64() : Files.readAllBytes(Paths.get(line))
        String text = new String(bytes, StandardCharsets.UTF_8)
        text.startsWith('\uFEFF') ? text.substring(1) : text
    }

    Map judge(String line) {
        Map counts = null
        Map error = null
        try {
            CompilationUnit unit = new CompilationUnit(configuration, null, loader)
            SourceUnit source = unit.addSource(NAME, read(line))
            unit.compile(Phases.CONVERSION)
            Counter counter = new Counter()
            counter.module(source.AST)
            counts = [calls: counter.calls, gstrings: counter.gstrings, closures: counter.closures] as Map
        } catch (MultipleCompilationErrorsException e) {
            error = describe(e)
        } catch (Throwable e) { // a stack overflow, an assertion, an exception of the compiler itself
            error = [message: e.toString(), line: null, column: null] as Map
        }
        String file = line.startsWith('text:') ? null : line
        [file: file, ok: error == null, error: error, counts: counts] as Map
    }

    private static Map describe(MultipleCompilationErrorsException e) {
        def first = e.errorCollector.getError(0)
        if (first instanceof SyntaxErrorMessage) {
            def cause = ((SyntaxErrorMessage) first).cause
            return [message: cause.originalMessage, line: cause.line, column: cause.startColumn]
        }
        StringWriter text = new StringWriter()
        first.write(new PrintWriter(text))
        [message: text.toString().trim(), line: null, column: null]
    }

    /** Parsing and conversion alone, without the set-up of a compilation unit: Groovy at its fastest. */
    static Map pass(int number, List<String> texts) {
        long start = System.nanoTime()
        int accepted = 0
        for (String text : texts) {
            try {
                SourceUnit source = SourceUnit.create(NAME, text)
                source.parse()
                source.completePhase()
                source.nextPhase()
                source.convert()
                accepted++
            } catch (CompilationFailedException ignored) {
                continue // a rejected source counts with the time it took
            }
        }
        double seconds = (System.nanoTime() - start) / 1e9d
        long bytes = 0
        for (String text : texts) { bytes += text.getBytes(StandardCharsets.UTF_8).length }
        [pass: number, seconds: seconds, files: texts.size(), accepted: accepted, bytes: bytes] as Map
    }

    static void main(String[] args) {
        BufferedReader input = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))
        PrintStream output = new PrintStream(new FileOutputStream(FileDescriptor.out), false, 'UTF-8')
        if (args.length == 2 && args[0] == '--bench') {
            List<String> texts = input.readLines().collect { String line -> read(line) }
            for (int number = 1; number <= Integer.parseInt(args[1]); number++) {
                say(output, pass(number, texts))
            }
            return
        }
        Oracle oracle = new Oracle()
        String line
        while ((line = input.readLine()) != null) { say(output, oracle.judge(line)) }
    }

    private static void say(PrintStream output, Map answer) {
        output.print(JsonOutput.toJson(answer) + '\n')
        output.flush()
    }
}

// Deep nesting needs a deep stack: the parser of Groovy is recursive.
def work = {
    try {
        Oracle.main(args as String[])
    } catch (Throwable e) {
        e.printStackTrace()
        System.exit(1)
    }
}
new Thread(null, work, 'oracle', 1L << 29).start()
