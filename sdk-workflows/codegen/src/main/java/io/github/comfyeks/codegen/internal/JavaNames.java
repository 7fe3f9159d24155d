package io.github.comfyeks.codegen.internal;

import java.text.Normalizer;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.lang.model.SourceVersion;

/**
 * ComfyUI's names as Java's. Names of types are ASCII, for they become names of files; names of methods and constants keep letters
 * of any script.
 */
final class JavaNames {
    /** Public types of java.lang, of JDK 17 to 25: a type of such a name would hide them from all code beside it. */
    private static final Set<String> JAVA_LANG = Set.of(("AbstractMethodError Appendable ArithmeticException "
                    + "ArrayIndexOutOfBoundsException ArrayStoreException AssertionError AutoCloseable Boolean BootstrapMethodError Byte "
                    + "CharSequence Character Class ClassCastException ClassCircularityError ClassFormatError ClassLoader "
                    + "ClassNotFoundException ClassValue CloneNotSupportedException Cloneable Comparable Compiler Deprecated Double Enum "
                    + "EnumConstantNotPresentException Error Exception ExceptionInInitializerError Float FunctionalInterface IO "
                    + "IllegalAccessError IllegalAccessException IllegalArgumentException IllegalCallerException "
                    + "IllegalMonitorStateException IllegalStateException IllegalThreadStateException IncompatibleClassChangeError "
                    + "IndexOutOfBoundsException InheritableThreadLocal InstantiationError InstantiationException Integer InternalError "
                    + "InterruptedException Iterable LayerInstantiationException LinkageError Long MatchException Math Module ModuleLayer "
                    + "NegativeArraySizeException NoClassDefFoundError NoSuchFieldError NoSuchFieldException NoSuchMethodError "
                    + "NoSuchMethodException NullPointerException Number NumberFormatException Object OutOfMemoryError Override Package "
                    + "Process ProcessBuilder ProcessHandle Readable Record ReflectiveOperationException Runnable Runtime "
                    + "RuntimeException RuntimePermission SafeVarargs ScopedValue SecurityException SecurityManager Short StableValue "
                    + "StackOverflowError StackTraceElement StackWalker StrictMath String StringBuffer StringBuilder "
                    + "StringIndexOutOfBoundsException SuppressWarnings System Thread ThreadDeath ThreadGroup ThreadLocal Throwable "
                    + "TypeNotPresentException UnknownError UnsatisfiedLinkError UnsupportedClassVersionError "
                    + "UnsupportedOperationException VerifyError VirtualMachineError Void WrongThreadException")
            .split(" "));

    /** What generated code speaks of by its plain name; {@code State} is inherited and would hide an import. */
    private static final Set<String> RUNTIME = Set.of(
            "TypedNode",
            "NodeType",
            "Node",
            "State",
            "Output",
            "Input",
            "Value",
            "Grown",
            "Option",
            "Choice",
            "Graph",
            "List",
            "Map",
            "BigInteger",
            "NullMarked");

    private JavaNames() {}

    /** Whether a type must not be called so. */
    static boolean isReservedType(String name) {
        return JAVA_LANG.contains(name)
                || RUNTIME.contains(name)
                || name.equals("T")
                || name.matches("T\\d+")
                || SourceVersion.isKeyword(name);
    }

    /** A node's class: the name as it is where Java lets it be, but for a first letter in upper case. */
    static String nodeClass(String classType) {
        return typeName(classType, "_", "Node", false);
    }

    /** Another type: words in camel case, such as {@code CLIP_VISION} → ClipVision. */
    static String type(String name, String kind) {
        return typeName(name, "", kind, true);
    }

    private static String typeName(String name, String letters, String kind, boolean fold) {
        String ascii = ascii(name);
        StringBuilder joined = new StringBuilder();
        for (String word : words(ascii, letters)) {
            join(joined, fold && isUpper(word) ? capital(word.toLowerCase(Locale.ROOT)) : capital(word));
        }
        String made = joined.toString();
        if (made.isEmpty() || made.chars().allMatch(c -> c == '_')) {
            return kind;
        }
        return Character.isDigit(made.charAt(0)) ? kind + made : made;
    }

    /** A method or parameter, such as {@code latent_image} → latentImage; {@code kind} goes before a digit and behind a keyword. */
    static String member(String name, String kind) {
        List<String> words = words(Normalizer.normalize(name, Normalizer.Form.NFC), "");
        StringBuilder joined = new StringBuilder();
        for (String word : words) {
            String folded = isUpper(word) ? word.toLowerCase(Locale.ROOT) : word;
            join(joined, joined.isEmpty() ? small(folded) : capital(folded));
        }
        String made = joined.toString();
        if (made.isEmpty()) {
            return kind;
        }
        if (!Character.isJavaIdentifierStart(made.codePointAt(0))) {
            return kind + made;
        }
        return SourceVersion.isKeyword(made) ? made + capital(kind) : made;
    }

    /** A constant, such as {@code dpmpp_2m} → DPMPP_2M. */
    static String constant(String value) {
        if (value.isEmpty()) {
            return "EMPTY";
        }
        List<String> words = words(Normalizer.normalize(value, Normalizer.Form.NFC), "");
        String made = String.join("_", words).toUpperCase(Locale.ROOT);
        if (made.isEmpty()) {
            return "VALUE";
        }
        return Character.isJavaIdentifierStart(made.codePointAt(0)) ? made : "_" + made;
    }

    /** The words of a name in camel case or not, for what several names have in common. */
    static List<String> camelWords(String name) {
        List<String> parts = new ArrayList<>();
        for (String word : words(ascii(name), "")) {
            parts.addAll(List.of(word.split("(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")));
        }
        return parts;
    }

    /** A name for a comment to the end of the line, in which even an escape could end it. */
    static String oneLine(String name) {
        return name.replaceAll("[^\\w. -]", "?");
    }

    static String capital(String word) {
        int first = word.isEmpty() ? 0 : Character.charCount(word.codePointAt(0));
        return word.substring(0, first).toUpperCase(Locale.ROOT) + word.substring(first);
    }

    /** The first letter small, or all but the last of a leading acronym: BPMValue → bpmValue. */
    private static String small(String word) {
        int upper = 0;
        while (upper < word.length() && Character.isUpperCase(word.charAt(upper))) {
            upper++;
        }
        int lowered =
                upper > 1 && upper < word.length() && Character.isLowerCase(word.charAt(upper)) ? upper - 1 : upper;
        return word.substring(0, lowered).toLowerCase(Locale.ROOT) + word.substring(lowered);
    }

    /** Two numbers stay apart: 1.5 → 1_5, not 15. */
    private static void join(StringBuilder joined, String word) {
        boolean numbers = !joined.isEmpty()
                && Character.isDigit(joined.charAt(joined.length() - 1))
                && Character.isDigit(word.charAt(0));
        joined.append(numbers ? "_" : "").append(word);
    }

    private static boolean isUpper(String word) {
        return word.chars().noneMatch(Character::isLowerCase);
    }

    private static List<String> words(String name, String letters) {
        List<String> words = new ArrayList<>();
        StringBuilder word = new StringBuilder();
        name.codePoints().forEach(c -> {
            if ((Character.isLetterOrDigit(c) && Character.isJavaIdentifierPart(c)) || letters.indexOf(c) >= 0) {
                word.appendCodePoint(c);
            } else if (!word.isEmpty()) {
                words.add(word.toString());
                word.setLength(0);
            }
        });
        if (!word.isEmpty()) {
            words.add(word.toString());
        }
        return words;
    }

    /** Accents go, letters of other scripts become their numbers. */
    private static String ascii(String name) {
        StringBuilder ascii = new StringBuilder();
        Normalizer.normalize(name, Normalizer.Form.NFKD).codePoints().forEach(c -> {
            if (c < 128) {
                ascii.appendCodePoint(c);
            } else if (Character.isLetterOrDigit(c)) {
                ascii.append('u').append(Integer.toHexString(c));
            } else if (Character.getType(c) != Character.NON_SPACING_MARK) {
                ascii.append(' ');
            }
        });
        return ascii.toString();
    }
}
