package io.github.comfyeks.samples.cli;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.Console;
import java.io.PrintWriter;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Where a command's results go: plain lines and tables for people, JSON lines for programs. */
final class Output {
    private static final ObjectMapper JSON = JsonMapper.builder().build();

    @Option(names = "--json", description = "Prints one JSON object a line.")
    private boolean json;

    @Spec(Spec.Target.MIXEE)
    private @Nullable CommandSpec spec;

    boolean isJson() {
        return json;
    }

    PrintWriter out() {
        return Objects.requireNonNull(spec).commandLine().getOut();
    }

    PrintWriter err() {
        return Objects.requireNonNull(spec).commandLine().getErr();
    }

    /** Whether a person looks: from JDK 22 on there is a console without a terminal too. */
    @SuppressWarnings("SystemConsoleNull")
    static boolean isTerminal() {
        Console console = System.console();
        if (console == null) {
            return false;
        }
        try {
            return (boolean) Console.class.getMethod("isTerminal").invoke(console);
        } catch (ReflectiveOperationException before22) {
            return true;
        }
    }

    /** A line for people; nothing with {@code --json}. */
    void line(String text) {
        if (!json) {
            out().println(text);
            out().flush();
        }
    }

    /** A line for programs; nothing without {@code --json}. Names and values in turn. */
    void record(@Nullable Object... namesAndValues) {
        if (!json) {
            return;
        }
        Map<String, @Nullable Object> fields = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            fields.put(String.valueOf(namesAndValues[i]), namesAndValues[i + 1]);
        }
        record(fields);
    }

    void record(Map<String, ? extends @Nullable Object> fields) {
        if (json) {
            try {
                out().println(JSON.writeValueAsString(fields));
                out().flush();
            } catch (JsonProcessingException e) {
                throw new IllegalStateException("a result that is no JSON", e);
            }
        }
    }

    /** A table for people: as wide as its contents. */
    void table(List<String> head, List<List<String>> rows) {
        if (json || rows.isEmpty()) {
            return;
        }
        List<Column> columns = new ArrayList<>();
        for (int i = 0; i < head.size(); i++) {
            int at = i;
            int width =
                    rows.stream().mapToInt(row -> row.get(at).length()).max().orElse(0);
            columns.add(new Column(Math.max(width, head.get(i).length()) + 2, 0, Column.Overflow.SPAN));
        }
        TextTable table =
                TextTable.forColumns(CommandLine.Help.defaultColorScheme(Ansi.OFF), columns.toArray(Column[]::new));
        table.addRowValues(head.toArray(String[]::new));
        rows.forEach(row -> table.addRowValues(row.toArray(String[]::new)));
        out().print(table);
        out().flush();
    }
}
