package io.github.comfyeks.convert;

import io.github.comfyeks.convert.internal.Converter;
import io.github.comfyeks.convert.internal.UiWriter;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.workflow.WorkflowSource;
import java.time.Clock;
import java.time.ZoneId;
import java.util.Map;
import java.util.function.DoubleSupplier;
import java.util.random.RandomGenerator;

/**
 * Turns what an artist drew, a file of ComfyUI's editor, into the prompt that the editor itself would send: equal to its
 * <em>Export (API)</em>; and a workflow into a file that the editor opens. Immutable and safe for any number of threads if the
 * random source is.
 *
 * <p>A file does not say what its nodes are: the node classes of a server decide how it is read, so they should be those of the
 * server on which it is to run.
 */
public final class WorkflowConverter {
    private final DoubleSupplier random;
    private final Clock clock;
    private final boolean lenient;

    private WorkflowConverter(DoubleSupplier random, Clock clock, boolean lenient) {
        this.random = random;
        this.clock = clock;
        this.lenient = lenient;
    }

    /** Raises on every error, with all of them; warnings are returned. Takes the first of alternatives such as <code>{a|b}</code>. */
    public static WorkflowConverter strict() {
        return new WorkflowConverter(() -> 0, Clock.system(ZoneId.systemDefault()), false);
    }

    /** Gives the page's answer whatever it is worth, and the problems beside it. */
    public static WorkflowConverter lenient() {
        return new WorkflowConverter(() -> 0, Clock.system(ZoneId.systemDefault()), true);
    }

    /** A copy that draws alternatives in prompts by this source. */
    public WorkflowConverter withRandom(RandomGenerator source) {
        return new WorkflowConverter(source::nextDouble, clock, lenient);
    }

    /** A copy that fills in dates in file names by this clock. */
    public WorkflowConverter withClock(Clock other) {
        return new WorkflowConverter(random, other, lenient);
    }

    /**
     * Converts one file.
     *
     * @param ui the file as plain data: its JSON as maps, lists, texts and numbers
     * @param objectInfo the node classes of the server that it is for
     * @throws WorkflowInvalidException if it is no file of the editor, or strictly, with all errors
     */
    public Conversion toApi(Map<String, ?> ui, ObjectInfo objectInfo) {
        return Converter.convert(ui, objectInfo, random, clock, lenient);
    }

    /**
     * Draws a workflow: a file that the editor opens and exports as the same workflow, but for the ids in {@link Drawing#ids()},
     * and for titles where it has none. Whole numbers stay equal, whether they are written as 7 or 7.0.
     *
     * <p>What came back is compared with the workflow before this answers, so that nothing is lost in silence: null where the
     * editor has none, integers beyond 2^53, values for what is no widget, inputs that the class does not have, and nodes of
     * unknown class, which are drawn with sockets for their links and their values in the workflow's order.
     *
     * @param objectInfo the node classes of the server whose editor is to open it
     * @throws WorkflowInvalidException strictly, if the editor's format cannot hold the workflow, with all problems
     */
    public Drawing toUi(WorkflowSource workflow, ObjectInfo objectInfo) {
        return UiWriter.write(workflow.workflow(), objectInfo, clock, lenient);
    }
}
