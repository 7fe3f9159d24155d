package io.github.comfyeks.edit;

import io.github.comfyeks.convert.WorkflowConverter;
import io.github.comfyeks.convert.internal.Marks;
import io.github.comfyeks.convert.internal.Marks.Place;
import io.github.comfyeks.edit.internal.Addresses;
import io.github.comfyeks.edit.internal.Change;
import io.github.comfyeks.edit.internal.Draft;
import io.github.comfyeks.edit.internal.ParameterFile;
import io.github.comfyeks.edit.internal.ParameterReader;
import io.github.comfyeks.edit.internal.Splice;
import io.github.comfyeks.error.LocalFileException;
import io.github.comfyeks.error.WorkflowInvalidException;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.file.WorkflowFile;
import io.github.comfyeks.graph.ImportedNode;
import io.github.comfyeks.graph.Node;
import io.github.comfyeks.graph.Output;
import io.github.comfyeks.internal.Nearest;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.schema.ObjectInfo;
import io.github.comfyeks.upload.Uploads;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowNode;
import io.github.comfyeks.workflow.WorkflowSource;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A workflow that somebody drew, to be changed and queued. Immutable, and safe for any number of threads: every change answers a
 * copy.
 *
 * <p>An <b>address</b> is {@code NODE.INPUT}. NODE is a node's id ({@code 6}, or {@code 12:34} in a subgraph), else its title, else
 * its class; titles may be preceded by those of the subgraphs around, as {@code Upscale/KSampler}, if the workflow came from the
 * editor's format. Both parts may have dots themselves. What names nothing, or more than one, is an error that tells the nearest
 * names or the candidates.
 *
 * <p>With the server's classes every change is held against them: types, limits, choices, links. All problems of a change come at
 * once in a {@link WorkflowInvalidException}. Without, the server judges.
 *
 * <p>A changed workflow brings no editor's format along ({@link Workflow#uiWorkflow()}), for it would tell other values than those
 * that ran.
 */
public final class EditableWorkflow implements WorkflowSource {
    private final Draft draft;
    private final Map<String, ImportedNode> typed;

    EditableWorkflow(Draft draft) {
        this.draft = draft;
        Map<String, Map<String, LocalFile>> files = new LinkedHashMap<>();
        draft.files().forEach((place, file) -> files.computeIfAbsent(place.nodeId(), id -> new LinkedHashMap<>())
                .put(place.input(), file));
        this.typed = ImportedNode.all(draft.workflow(), draft.origin(), files);
    }

    /**
     * Reads a file of any kind that holds a prompt; see {@link WorkflowFile}. Parameters that {@code NAME.params.yaml} beside it
     * names are known then, see {@link #withParameters(Path)}.
     *
     * @throws LocalFileException if it cannot be read
     * @throws WorkflowInvalidException if it holds no prompt: the editor's format needs {@link #read(Path, ObjectInfo)}
     */
    public static EditableWorkflow read(Path file) {
        return readWith(file, null);
    }

    /**
     * The same with the classes of the server that is to run it. If there is no prompt in the file, the editor's format is
     * converted; if there is, it tells the parameters and the titles of subgraphs still.
     */
    public static EditableWorkflow read(Path file, ObjectInfo classes) {
        return readWith(file, classes);
    }

    private static EditableWorkflow readWith(Path file, @Nullable ObjectInfo classes) {
        WorkflowFile found = WorkflowFile.read(file);
        Optional<Workflow> prompt = found.prompt();
        Optional<Map<String, @Nullable Object>> ui = found.uiWorkflow();
        EditableWorkflow read;
        if (ui.isPresent() && classes != null) {
            read = ofEditor(prompt.orElseGet(() -> converted(ui.get(), classes)), ui.get(), classes);
        } else if (prompt.isEmpty() && ui.isPresent()) {
            throw new WorkflowInvalidException(
                    file.toString(),
                    List.of("it is in the editor's format, which is read by the server's classes; give them"),
                    null);
        } else {
            read = new EditableWorkflow(Draft.of(found.workflow(), classes, Map.of(), List.of()));
        }
        Path parameters = ParameterFile.beside(file);
        return Files.exists(parameters) ? read.withParameters(parameters) : read;
    }

    /** Of a workflow, without classes to hold changes against. */
    public static EditableWorkflow of(Workflow workflow) {
        return new EditableWorkflow(Draft.of(workflow, null, Map.of(), List.of()));
    }

    /** Of a workflow, with the classes of the server that is to run it. */
    public static EditableWorkflow of(Workflow workflow, ObjectInfo classes) {
        return new EditableWorkflow(Draft.of(workflow, classes, Map.of(), List.of()));
    }

    /**
     * Of the editor's format as plain data, converted as {@link WorkflowConverter#strict()} does.
     *
     * @throws WorkflowInvalidException if it does not convert
     */
    public static EditableWorkflow fromUi(Map<String, ?> ui, ObjectInfo classes) {
        return ofEditor(converted(ui, classes), ui, classes);
    }

    private static Workflow converted(Map<String, ?> ui, ObjectInfo classes) {
        return WorkflowConverter.strict().toApi(ui, classes).workflow();
    }

    private static EditableWorkflow ofEditor(Workflow prompt, Map<String, ?> ui, ObjectInfo classes) {
        Marks marks = Marks.of(ui, classes);
        return new EditableWorkflow(Draft.of(prompt, classes, marks.paths(), ParameterReader.marked(marks)));
    }

    // ---- as a source ----

    /** As it stands; files of this machine have the names under which they are going to be uploaded. */
    @Override
    public Workflow workflow() {
        return draft.workflow();
    }

    /** With every file of this machine uploaded, each content once, and the server's name in its place. */
    @Override
    public Workflow workflow(Uploads uploads) {
        List<LocalFile> missing = draft.files().values().stream()
                .filter(file -> !file.isReadable())
                .toList();
        if (!missing.isEmpty()) {
            throw new LocalFileException("nothing was sent, for there are no readable files " + missing, null);
        }
        Workflow sent = draft.workflow();
        for (Map.Entry<Place, LocalFile> file : draft.files().entrySet()) {
            Place place = file.getKey();
            sent = sent.withInput(
                    place.nodeId(),
                    place.input(),
                    file.getValue().upload(uploads).reference());
        }
        return sent;
    }

    // ---- values ----

    /**
     * A copy in which the input at this address has this value. The node must have the input, or by its class be able to.
     *
     * @param value plain JSON data; a {@link Path} or {@link LocalFile}, which is uploaded when the workflow is queued; or an
     *     {@link Output} of a node here, of a typed node, which is put in with all it needs, or of another editable workflow
     * @throws WorkflowInvalidException if the address names not exactly one input, the value does not fit, or the file is missing
     * @throws IllegalArgumentException if the value is none of these
     */
    public EditableWorkflow set(String address, @Nullable Object value) {
        return set(Collections.singletonMap(address, value));
    }

    /** Several at once, in their order, with the problems of all. */
    public EditableWorkflow set(Map<String, ? extends @Nullable Object> values) {
        if (values.isEmpty()) {
            return this;
        }
        Addresses addresses = new Addresses(draft);
        Change change = new Change(draft);
        values.forEach((address, value) -> change.trying(() -> change.set(addresses.place(address), value)));
        return new EditableWorkflow(change.done());
    }

    /**
     * The node of this id, title, path or class.
     *
     * @throws WorkflowInvalidException if there is not exactly one
     */
    public EditableNode node(String node) {
        WorkflowNode found = new Addresses(draft).node(node);
        return new EditableNode(draft, Objects.requireNonNull(typed.get(found.id())), found);
    }

    // ---- parameters ----

    /**
     * What may be changed by name:
     *
     * <ul>
     *   <li>a node with a title such as {@code $prompt What to draw}: its only value under {@code prompt}, or of several each under
     *       {@code prompt.INPUT}; what follows the name describes it
     *   <li>a primitive node of the editor that has a title
     *   <li>the widgets of a subgraph in the root, under {@code TITLE.WIDGET}
     *   <li>what a side file names, which has precedence; see {@link #withParameters(Path)}
     * </ul>
     *
     * <p>Marks of one name are one parameter that sets all their inputs.
     */
    public Parameters parameters() {
        return new Parameters(
                ParameterReader.read(draft).stream().map(Parameter::new).toList());
    }

    /**
     * A copy that has the parameters of a side file too. It is YAML: {@code name: address}, or
     *
     * <pre>{@code
     * prompt:
     *   set: Positive Prompt.text      # or a list of addresses
     *   description: What to draw
     * steps: {set: KSampler.steps, min: 10, max: 40, step: 5}
     * size:  {set: [EmptyLatentImage.width, EmptyLatentImage.height], choices: [512, 1024]}
     * }</pre>
     *
     * @throws LocalFileException if it cannot be read
     * @throws WorkflowInvalidException if it is no such file, or an address names nothing
     */
    public EditableWorkflow withParameters(Path yaml) {
        return new EditableWorkflow(ParameterFile.read(yaml, draft));
    }

    /**
     * A copy with values for parameters, by their names; those left out stay as they are.
     *
     * @param values as {@link #set(String, Object)} takes them
     * @throws WorkflowInvalidException with all problems: names that no parameter has, values that do not fit
     */
    public EditableWorkflow with(Map<String, ? extends @Nullable Object> values) {
        return values.isEmpty() ? this : new EditableWorkflow(ParameterReader.apply(draft, values));
    }

    // ---- nodes ----

    /** A copy with these nodes, and all they need, beside: mostly nodes that save. */
    public EditableWorkflow add(Node... nodes) {
        return new EditableWorkflow(Splice.add(draft, Arrays.asList(nodes)));
    }

    /**
     * A copy in which every input that takes one output takes another, except inputs that the other itself comes from: so a typed
     * node is put behind a node.
     *
     * <pre>{@code
     * EditableNode checkpoint = drawn.node("CheckpointLoaderSimple");
     * Output<Model> model = checkpoint.output(0, Model.class);
     * Output<Clip> clip = checkpoint.output(1, Clip.class);
     * LoraLoader lora = LoraLoader.model(model).clip(clip).loraName("castle.safetensors");
     * drawn.rewire(model, lora.model()).rewire(clip, lora.clip());
     * }</pre>
     *
     * @throws WorkflowInvalidException if nothing takes the first, or a taker does not take the second
     */
    public <T> EditableWorkflow rewire(Output<T> from, Output<T> to) {
        return new EditableWorkflow(Splice.rewire(draft, from, to));
    }

    /**
     * A copy with all of another workflow beside, and its parameters, files and bound names. Ids that are taken become others;
     * outputs that the other gave before are known here still, to be linked.
     *
     * @throws WorkflowInvalidException if both bind one name
     */
    public EditableWorkflow merge(EditableWorkflow other) {
        return new EditableWorkflow(Splice.merge(draft, other.draft));
    }

    // ---- outputs ----

    /**
     * A copy in which a node has a name that {@link #outputs} goes by.
     *
     * @param node its id, title, path or class
     * @throws WorkflowInvalidException if it names not exactly one node
     */
    public EditableWorkflow bind(String name, String node) {
        Map<String, String> bindings = new LinkedHashMap<>(draft.bindings());
        bindings.put(name, new Addresses(draft).node(node).id());
        return new EditableWorkflow(draft.withBindings(bindings));
    }

    /** The files of a run by the names that were bound, in that order; empty where a node left none. */
    public Map<String, List<OutputFile>> outputs(ExecutionResult result) {
        Map<String, List<OutputFile>> files = new LinkedHashMap<>();
        draft.bindings()
                .forEach((name, id) ->
                        files.put(name, result.node(id).map(NodeOutput::files).orElse(List.of())));
        return Collections.unmodifiableMap(files);
    }

    /**
     * The files of a run by one bound name; empty if the node left none.
     *
     * @throws WorkflowInvalidException if the name is not bound
     */
    public List<OutputFile> outputs(ExecutionResult result, String name) {
        List<OutputFile> files = outputs(result).get(name);
        if (files == null) {
            throw new WorkflowInvalidException(
                    "workflow",
                    List.of("nothing is bound to \"" + name + "\""
                            + Nearest.hint(name, draft.bindings().keySet())),
                    null);
        }
        return files;
    }

    /** As it is sent, but for files of this machine; see {@link Workflow#toJson()}. */
    public String toJson() {
        return draft.workflow().toJson();
    }

    /** A few words; the whole is {@link #toJson()}. */
    @Override
    public String toString() {
        return "Editable" + draft.workflow();
    }
}
