package io.github.comfyeks.testing.internal.validate;

/** Python raised while a node was checked: the type and the text of the exception. */
final class ValidationCrash extends Exception {
    private static final long serialVersionUID = 1L;

    private final String type;

    ValidationCrash(String type, String message) {
        super(message);
        this.type = type;
    }

    String type() {
        return type;
    }

    String text() {
        return String.valueOf(getMessage());
    }
}
