/*
 * What Groovy makes of small programs: the text of the value of the last statement, or the exception's class.
 *
 * A line on stdin is a program in base64; the answer is one line of JSON on stdout: `{"value": "…"}` or
 * `{"thrown": "NullPointerException"}`.
 */
import groovy.json.JsonOutput
import org.codehaus.groovy.runtime.InvokerHelper

System.in.eachLine('UTF-8') { line ->
    String text = new String(line.decodeBase64(), 'UTF-8')
    Map answer
    try {
        answer = [value: InvokerHelper.toString(new GroovyShell().evaluate(text))]
    } catch (Throwable error) {
        answer = [thrown: error.class.simpleName]
    }
    println JsonOutput.toJson(answer)
}
