package io.github.comfyeks.file.internal;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a parser found on its way through a file: texts by name, and what was wrong. Bounded, whatever the file holds. */
final class Found {
    private static final int MOST_LISTED = 50;
    private static final int MOST_WORDS = 500;
    private static final int MOST_TEXTS = 10_000;

    /** Something of the metadata: a text, or plain data where the file holds JSON as such. */
    record Text(String name, Object value, String where) {
        boolean isNamed(String other) {
            return name.equalsIgnoreCase(other);
        }
    }

    private final long most;
    private final List<Text> texts = new ArrayList<>();
    private final List<String> listed = new ArrayList<>();
    private final List<String> problems = new ArrayList<>();
    private long taken;
    private int unlisted;
    private boolean hasPrompt;
    private boolean hasWorkflow;

    Found(long most) {
        this.most = most;
    }

    /** Metadata that is no text that could hold a workflow. */
    void name(String name, String where) {
        if (listed.size() < MOST_LISTED) {
            listed.add((name.isEmpty() ? "without a name" : Texts.printable(name, 60)) + " ("
                    + Texts.printable(where, 200) + ")");
        } else {
            unlisted++;
        }
    }

    void text(String name, String value, String where) throws FileFault {
        name(name, where);
        taken += value.length();
        if (taken > most) {
            throw new FileFault(where + ": the texts come to more than the limit of " + most
                    + " bytes; if the file is to be trusted, raise metadataBytes in ReadLimits");
        }
        add(new Text(name, value, where));
    }

    /** The same of a value in JSON, which has its own limits. */
    void value(String name, @Nullable Object value, String where) throws FileFault {
        if (value instanceof String text) {
            text(name, text, where);
        } else {
            name(name, where);
            if (value != null) {
                add(new Text(name, value, where));
            }
        }
    }

    private void add(Text text) throws FileFault {
        if (texts.size() >= MOST_TEXTS) {
            throw new FileFault(text.where() + ": more than " + MOST_TEXTS
                    + " texts; no program writes so many, the file is damaged or hostile");
        }
        texts.add(text);
        hasPrompt |= text.isNamed("prompt");
        hasWorkflow |= text.isNamed("workflow");
    }

    /** How much text may still come. */
    long left() {
        return Math.max(0, most - taken);
    }

    void problem(String problem) {
        if (problems.size() < MOST_LISTED) {
            problems.add(Texts.printable(problem, MOST_WORDS));
        }
    }

    /** Whether both of ComfyUI's texts are there, so that a long file need not be searched further. */
    boolean isComplete() {
        return hasPrompt && hasWorkflow;
    }

    List<Text> texts() {
        return texts;
    }

    List<String> problems() {
        return problems;
    }

    /** Each name with where it stands. */
    List<String> listed() {
        List<String> all = new ArrayList<>(listed);
        if (unlisted > 0) {
            all.add("and " + unlisted + " more");
        }
        return all;
    }
}
