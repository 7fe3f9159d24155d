package io.github.comfyeks.server.internal;

/** Names from outside as one segment of a URL's path. */
final class Segments {
    private Segments() {}

    /**
     * The name, if it can be a segment: an empty one, {@code .} and {@code ..} cannot, however they are written, and would
     * lead to another route.
     */
    static String of(String what, String name) {
        if (name.isEmpty() || name.equals(".") || name.equals("..")) {
            throw new IllegalArgumentException(what + " cannot be \"" + name + "\"");
        }
        return name;
    }

    /** The same for a path of user data, which the server unescapes once more than the URL needs. */
    static String userPath(String what, String path) {
        return of(what, path).replace("%", "%25");
    }
}
