package io.github.comfyeks.model.sync;

import io.github.comfyeks.internal.TimeSource;
import io.github.comfyeks.model.sync.internal.CommandRun;
import io.github.comfyeks.model.sync.internal.Ssm;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;
import software.amazon.awssdk.core.exception.AbortedException;
import software.amazon.awssdk.services.ssm.SsmClient;
import software.amazon.awssdk.services.ssm.model.DescribeInstanceInformationRequest;
import software.amazon.awssdk.services.ssm.model.InstanceInformation;
import software.amazon.awssdk.services.ssm.model.InstanceInformationStringFilter;
import software.amazon.awssdk.services.ssm.model.PingStatus;
import software.amazon.awssdk.services.ssm.model.Target;

/**
 * Brings nodes into step with the bucket through Systems Manager. Nodes are found by a tag, however many there are; each one's agent is
 * told which generation of the models to reach, and each is followed to its end. A command that was sent is not an end. Immutable and
 * safe for any number of threads; the client stays the caller's.
 */
public final class ModelSync {
    /** Systems Manager takes no more ids in one command; they are used for single nodes only. */
    private static final int IDS_AT_ONCE = 50;

    /** A node that came up after the command was sent is found after so many rounds, or by the next reconciliation. */
    private static final int ROUNDS = 5;

    private final SsmClient ssm;
    private final SyncOptions options;
    private final TimeSource time;

    private ModelSync(SsmClient ssm, SyncOptions options, TimeSource time) {
        this.ssm = ssm;
        this.options = options;
        this.time = time;
    }

    public static ModelSync of(SsmClient ssm, SyncOptions options) {
        return of(ssm, options, TimeSource.SYSTEM);
    }

    static ModelSync of(SsmClient ssm, SyncOptions options, TimeSource time) {
        return new ModelSync(ssm, options, time);
    }

    /**
     * The nodes that a sync would reach now: a dry run.
     *
     * @throws SyncException if Systems Manager refuses
     */
    public List<ManagedNode> nodes() {
        Target wanted = byTag();
        DescribeInstanceInformationRequest request = DescribeInstanceInformationRequest.builder()
                .filters(InstanceInformationStringFilter.builder()
                        .key(wanted.key())
                        .values(wanted.values())
                        .build())
                .build();
        return Ssm.calling("list the nodes", () -> {
            List<ManagedNode> nodes = new ArrayList<>();
            for (InstanceInformation node :
                    ssm.describeInstanceInformationPaginator(request).instanceInformationList()) {
                nodes.add(new ManagedNode(
                        node.instanceId(),
                        node.pingStatus() == PingStatus.ONLINE,
                        String.valueOf(node.agentVersion())));
            }
            return List.copyOf(nodes);
        });
    }

    /**
     * Has every node reach a generation, and waits for all of them; also for those that come up while it waits.
     *
     * @throws SyncException if Systems Manager refuses; that a node fails is in the report
     * @throws InterruptedException if the thread is interrupted; the commands are cancelled then
     */
    public SyncReport sync(long generation) throws InterruptedException {
        SyncReport report = run(generation, List.of(byTag()), List.of());
        for (int round = 1; round < ROUNDS; round++) {
            Set<String> late = new LinkedHashSet<>();
            nodes().stream().filter(ManagedNode::online).map(ManagedNode::id).forEach(late::add);
            late.removeAll(report.nodes().keySet());
            if (late.isEmpty()) {
                return report;
            }
            report = merged(report, run(generation, byId(late), report.commands()));
        }
        return report;
    }

    /**
     * The same for the nodes alone that failed.
     *
     * @return the report with their new outcomes
     */
    public SyncReport retryFailed(SyncReport report) throws InterruptedException {
        List<String> failed = report.failed().stream().map(NodeOutcome::node).toList();
        return failed.isEmpty() ? report : merged(report, run(report.generation(), byId(failed), report.commands()));
    }

    /** Goes on until it is closed; a command that is under way is cancelled then. */
    public interface Reconciliation extends AutoCloseable {
        @Override
        void close();
    }

    /**
     * Syncs again and again, until it is closed: so nodes that failed, or came up in between, are brought into step.
     *
     * @param generation asked each time
     * @param reports told of each outcome, on the one thread that does it
     * @param problems told if Systems Manager refuses; the next time comes all the same
     */
    public Reconciliation reconcileEvery(
            Duration pause,
            LongSupplier generation,
            Consumer<SyncReport> reports,
            Consumer<RuntimeException> problems) {
        ScheduledExecutorService schedule = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "comfyeks-reconcile");
            thread.setDaemon(true);
            return thread;
        });
        ScheduledFuture<?> runs = schedule.scheduleWithFixedDelay(
                () -> {
                    try {
                        reports.accept(sync(generation.getAsLong()));
                    } catch (InterruptedException e) {
                        Thread.currentThread().interrupt();
                    } catch (RuntimeException e) {
                        problems.accept(e);
                    }
                },
                0,
                pause.toMillis(),
                TimeUnit.MILLISECONDS);
        return () -> {
            runs.cancel(true);
            schedule.shutdownNow();
        };
    }

    private SyncReport run(long generation, List<Target> targets, List<String> before) throws InterruptedException {
        List<CommandRun> runs = new ArrayList<>();
        try {
            for (Target target : targets) {
                runs.add(CommandRun.send(ssm, options, target, generation, time));
            }
            Map<String, NodeOutcome> nodes = new TreeMap<>();
            List<String> commands = new ArrayList<>(before);
            for (CommandRun run : runs) {
                nodes.putAll(run.follow());
                commands.add(run.id());
            }
            return new SyncReport(generation, commands, nodes);
        } catch (InterruptedException e) {
            runs.forEach(CommandRun::cancel);
            throw e;
        } catch (SyncException e) {
            if (!(e.getCause() instanceof AbortedException)) {
                throw e;
            }
            Thread.interrupted(); // else the call that cancels would be aborted too
            runs.forEach(CommandRun::cancel);
            throw new InterruptedException("interrupted while Systems Manager was asked");
        }
    }

    private static SyncReport merged(SyncReport before, SyncReport after) {
        Map<String, NodeOutcome> nodes = new TreeMap<>(before.nodes());
        nodes.putAll(after.nodes());
        return new SyncReport(before.generation(), after.commands(), nodes);
    }

    private Target byTag() {
        return options.tagValue().equals("*")
                ? Target.builder().key("tag-key").values(options.tagKey()).build()
                : Target.builder()
                        .key("tag:" + options.tagKey())
                        .values(options.tagValue())
                        .build();
    }

    private static List<Target> byId(Collection<String> ids) {
        List<String> all = List.copyOf(ids);
        List<Target> targets = new ArrayList<>();
        for (int from = 0; from < all.size(); from += IDS_AT_ONCE) {
            targets.add(Target.builder()
                    .key("InstanceIds")
                    .values(all.subList(from, Math.min(from + IDS_AT_ONCE, all.size())))
                    .build());
        }
        return targets;
    }
}
