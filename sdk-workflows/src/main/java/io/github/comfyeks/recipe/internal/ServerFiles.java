package io.github.comfyeks.recipe.internal;

import io.github.comfyeks.schema.InputSchema;
import io.github.comfyeks.schema.ObjectInfo;
import java.util.List;
import java.util.Locale;

/** The files that a server has, by the names that other programs call them: without folder and extension. */
final class ServerFiles {
    private final ObjectInfo classes;

    ServerFiles(ObjectInfo classes) {
        this.classes = classes;
    }

    /** The choice that is meant, or the likeliest name of the file if the server does not have it. */
    String find(String classType, String input, String name) {
        List<String> choices = classes
                .find(classType)
                .flatMap(schema -> schema.input(input))
                .map(InputSchema::choices)
                .orElse(List.of())
                .stream()
                .map(String::valueOf)
                .toList();
        return choices.stream()
                .filter(choice -> stem(choice).equals(stem(name)))
                .findFirst()
                .orElse(stem(name).equals(fileName(name)) ? name + ".safetensors" : name);
    }

    private static String fileName(String path) {
        return path.substring(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1)
                .toLowerCase(Locale.ROOT);
    }

    private static String stem(String path) {
        String name = fileName(path);
        for (String extension : List.of(".safetensors", ".ckpt", ".pth", ".pt", ".bin")) {
            if (name.endsWith(extension)) {
                return name.substring(0, name.length() - extension.length());
            }
        }
        return name;
    }
}
