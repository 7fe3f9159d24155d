package io.github.comfyeks;

import io.github.comfyeks.error.ConnectionException;
import io.github.comfyeks.execution.Execution;
import io.github.comfyeks.execution.ExecutionResult;
import io.github.comfyeks.execution.QueueOptions;
import io.github.comfyeks.execution.SavedRun;
import io.github.comfyeks.execution.internal.RunRecords;
import io.github.comfyeks.execution.internal.SessionDefaults;
import io.github.comfyeks.execution.internal.Sessions;
import io.github.comfyeks.internal.ClientThreads;
import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.observe.ComfyObserver;
import io.github.comfyeks.observe.internal.GuardedObserver;
import io.github.comfyeks.output.NodeOutput;
import io.github.comfyeks.output.OutputFile;
import io.github.comfyeks.output.internal.OutputBinder;
import io.github.comfyeks.ref.ExecutionRef;
import io.github.comfyeks.ref.PromptId;
import io.github.comfyeks.server.JobsApi;
import io.github.comfyeks.server.ServerApi;
import io.github.comfyeks.server.UserdataApi;
import io.github.comfyeks.server.internal.HttpJobsApi;
import io.github.comfyeks.server.internal.HttpServerApi;
import io.github.comfyeks.server.internal.HttpUserdataApi;
import io.github.comfyeks.transport.internal.Http;
import io.github.comfyeks.transport.internal.HttpConfig;
import io.github.comfyeks.upload.Uploads;
import io.github.comfyeks.upload.internal.ServerUploads;
import io.github.comfyeks.workflow.Workflow;
import io.github.comfyeks.workflow.WorkflowSource;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A client of one ComfyUI server, or of the address before several: queues workflows, follows their runs, gets their outputs.
 *
 * <p>Thread-safe, and meant to be one a server and process: its threads, connections and the one event socket serve any
 * number of runs at once. The methods block the calling thread, virtual ones too; {@link #async()} has the same names with
 * futures. Closing lets go of the runs under way: they go on on the server.
 *
 * <pre>{@code
 * try (ComfyClient client = ComfyClient.create(URI.create("http://127.0.0.1:8188"))) {
 *     ExecutionResult result = client.run(Workflow.read(Path.of("castle.json")).withInput("6", "text", "a castle"));
 *     result.images().forEach(image -> image.writeTo(Path.of("out")));
 * }
 * }</pre>
 */
public final class ComfyClient implements AutoCloseable {
    /** How long a submission waits for the first socket to be greeted before it goes on without. */
    private static final Duration SOCKET_PATIENCE = Duration.ofSeconds(3);

    private final ClientOptions options;
    private final ClientThreads threads;
    private final Http http;
    private final OutputBinder outputs;
    private final ServerApi server;
    private final JobsApi jobs;
    private final UserdataApi userdata;
    private final Uploads uploads;
    private final Sessions sessions;
    private final ChecksBeforeQueue checks;

    private ComfyClient(ClientOptions options) {
        this.options = options;
        this.threads = new ClientThreads(
                options.maxRequests(), options.callbackExecutor().orElse(null));
        ComfyObserver observer = new GuardedObserver(options.observer());
        this.http = new Http(new HttpConfig(
                options.server(),
                options.credentials(),
                options.headers(),
                options.sslContext().orElse(null),
                options.proxy().orElse(null),
                options.proxyCredentials().orElse(null),
                options.connectLimit(),
                options.requestLimit(),
                options.retry(),
                observer,
                TimeSource.SYSTEM));
        this.outputs = new OutputBinder(http, threads);
        HttpServerApi api = new HttpServerApi(http, options.objectInfoAge(), outputs);
        this.server = api;
        this.checks = new ChecksBeforeQueue(api, options.validate());
        this.jobs = new HttpJobsApi(http, outputs::bind);
        this.userdata = new HttpUserdataApi(http);
        this.uploads = new ServerUploads(http);
        this.sessions = new Sessions(
                http,
                threads,
                new SessionDefaults(
                        options.server(), options.runLimits(), options.affinityCookies(), SOCKET_PATIENCE, observer),
                new SchemaChoices(server));
    }

    /** A client with the default options. Nothing is sent until something is asked. */
    public static ComfyClient create(URI server) {
        return create(ClientOptions.builder(server).build());
    }

    /** A client with these options. Nothing is sent until something is asked. */
    public static ComfyClient create(ClientOptions options) {
        return new ComfyClient(options);
    }

    public ClientOptions options() {
        return options;
    }

    /** Queues and waits for the end; see {@link #queue(WorkflowSource, QueueOptions)} and {@link Execution#await()}. */
    public ExecutionResult run(WorkflowSource workflow) {
        return run(workflow, QueueOptions.standard());
    }

    /** Queues and waits for the end; see {@link #queue(WorkflowSource, QueueOptions)} and {@link Execution#await()}. */
    public ExecutionResult run(WorkflowSource workflow, QueueOptions options) {
        try (Execution run = queue(workflow, options)) {
            return run.await();
        }
    }

    /** Queues a workflow as the server's own defaults say. */
    public Execution queue(WorkflowSource workflow) {
        return queue(workflow, QueueOptions.standard());
    }

    /**
     * Queues a workflow ({@code POST /prompt}) and returns as soon as the server has taken it. It is sent once: if the answer
     * is lost, the server is asked whether it has the prompt before anything is sent again.
     *
     * <p>With {@code comfyeks-workflows} on the path, and node classes fetched ({@link ServerApi#objectInfo()}), the workflow is
     * checked here first, unless {@link ClientOptions#validate()} is off.
     *
     * <p>Files of this machine that the workflow brings along are uploaded before all else.
     *
     * @throws io.github.comfyeks.error.WorkflowInvalidException if that check finds that the server would refuse it; it was
     *     not queued then
     * @throws io.github.comfyeks.error.LocalFileException if a file that it brings along cannot be read; nothing was sent then
     * @throws io.github.comfyeks.error.WorkflowRejectedException if the server objects to the workflow, or to a part of it
     *     and {@link QueueOptions#acceptPartial()} is not set
     * @throws io.github.comfyeks.error.ConnectionException if the server could not be reached within the retry budget; it says
     *     whether the prompt may have arrived, and then names the run
     */
    public Execution queue(WorkflowSource workflow, QueueOptions options) {
        Workflow graph = workflow.workflow(uploads);
        checks.check(graph, options);
        return sessions.queue(graph, options);
    }

    /** Follows a run that an earlier process, or another one, has submitted. Nothing is taken from that process. */
    public Execution attach(ExecutionRef ref) {
        return attach(ref, QueueOptions.standard());
    }

    /**
     * The same, with limits, a listener or {@link QueueOptions#letGo()}; the options of the submission itself do nothing.
     * The run is followed by looks and by the queue's changes: its progress goes to the process that submitted it.
     *
     * @throws IllegalArgumentException if the run is of another server
     */
    public Execution attach(ExecutionRef ref, QueueOptions options) {
        return sessions.attach(ofThisServer(ref), options);
    }

    /** Follows anybody's run by its id. */
    public Execution attach(PromptId promptId) {
        return attach(new ExecutionRef(options.server(), promptId, "", Map.of()));
    }

    /** Follows a run in place of the process that submitted it; see {@link #takeOver(ExecutionRef, QueueOptions)}. */
    public Execution takeOver(ExecutionRef ref) {
        return takeOver(ref, QueueOptions.standard());
    }

    /**
     * Follows a run in place of the process that submitted it, with all its events, under its client id. That process must be
     * gone: two sockets with one client id silence one another on a ComfyUI server.
     *
     * @throws IllegalArgumentException if the run is of another server
     */
    public Execution takeOver(ExecutionRef ref, QueueOptions options) {
        return sessions.takeOver(ofThisServer(ref), options);
    }

    private ExecutionRef ofThisServer(ExecutionRef ref) {
        if (!ref.server().equals(options.server())) {
            throw new IllegalArgumentException("the run " + ref.promptId() + " is of " + ref.server()
                    + ", this client is of " + options.server() + "; make a client with ref.server()");
        }
        return ref;
    }

    /**
     * Opens the event socket now instead of with the first submission, and waits for the server to greet it.
     *
     * @return whether it is there within this time; without it runs are followed by looks
     * @throws io.github.comfyeks.error.ConnectionException if the thread is interrupted; the flag is set again
     */
    public boolean connect(Duration patience) {
        try {
            return sessions.connect(patience);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ConnectionException("the thread was interrupted while it waited for the event socket", false, e);
        }
    }

    /** The load balancer's affinity cookies as of now, by name; empty without one. */
    public Map<String, String> affinity() {
        return sessions.affinity();
    }

    /** The server's own state: stats, queue, history, models, node classes. */
    public ServerApi server() {
        return server;
    }

    /** The jobs API of newer servers. */
    public JobsApi jobs() {
        return jobs;
    }

    /** Files that the server keeps for its users, such as saved workflows. */
    public UserdataApi userdata() {
        return userdata;
    }

    /** Pictures and masks for the server's input folder. */
    public Uploads uploads() {
        return uploads;
    }

    /** A file of the server by its name; it need not exist. {@code type} is {@code output}, {@code input} or {@code temp}. */
    public OutputFile file(String filename, String subfolder, String type) {
        Map<String, Object> named = Map.of("filename", filename, "subfolder", subfolder, "type", type);
        return outputs.bind(NodeOutput.of("", Map.of("images", List.of(named))))
                .files()
                .get(0);
    }

    /**
     * Downloads every file of a run into a folder and writes {@code run.json} beside them: graph, seeds, server and version,
     * times, and each file with size and SHA-256; enough to run it again. The record is written last, in one step.
     *
     * @throws io.github.comfyeks.error.LocalFileException if the folder cannot be written
     */
    public SavedRun save(ExecutionResult result, Path folder) {
        Optional<Workflow> workflow = result.workflow().or(() -> server.history(result.promptId())
                .filter(entry -> !entry.graph().isEmpty())
                .map(entry -> Workflow.of(entry.graph())));
        return RunRecords.save(result, workflow, server.systemStats().version(), folder);
    }

    /** The same client with futures instead of waiting. */
    public AsyncComfyClient async() {
        return new AsyncComfyClient(this, threads);
    }

    /** Lets go of every run and closes the socket and all connections. Futures of runs under way fail as detached. */
    @Override
    public void close() {
        sessions.close();
        threads.close();
        http.close();
    }

    /** Address only; no secrets. */
    @Override
    public String toString() {
        return "ComfyClient[" + options.server() + "]";
    }
}
