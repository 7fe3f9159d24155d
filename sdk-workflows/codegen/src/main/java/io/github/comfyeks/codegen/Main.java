package io.github.comfyeks.codegen;

import io.github.comfyeks.schema.ObjectInfo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.List;

/** The generator as a program: {@code SCHEMA FOLDER PACKAGE}, where the schema is a file or a server's address. */
public final class Main {
    private static final String USAGE =
            "usage: java -cp … io.github.comfyeks.codegen.Main SCHEMA FOLDER PACKAGE (SCHEMA: a file with the JSON of "
                    + "/object_info, or a server such as http://127.0.0.1:8188)";

    private Main() {}

    public static void main(String[] args) throws IOException {
        int status = run(System.out, args);
        if (status != 0) {
            System.exit(status);
        }
    }

    static int run(PrintStream out, String... args) throws IOException {
        if (args.length != 3) {
            out.println(USAGE);
            return 2;
        }
        ObjectInfo schema = SchemaSource.parse(args[0]).read();
        List<SourceFile> files =
                NodeGenerator.create(GeneratorOptions.of(args[2])).generate(schema);
        int changed = SourceFolder.write(Path.of(args[1]), files);
        out.println(files.size() + " files, " + changed + " of them changed");
        return 0;
    }
}
