package io.throughline.journey.run;

import io.micrometer.core.instrument.MeterRegistry;
import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.throughline.journey.ErrorCode;
import io.throughline.journey.Loop;
import io.throughline.journey.Refusal;
import io.throughline.journey.definition.DefinitionWriter;
import io.throughline.journey.publish.FindingTail;
import io.throughline.journey.query.Journeys;
import io.throughline.journey.query.Retries;
import io.throughline.journey.query.Settling;
import io.throughline.journey.rulebook.LiveRulebook;
import io.throughline.journey.rulebook.RuleEditor;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.jboss.logging.Logger;
import org.jspecify.annotations.Nullable;

/// Starts the projector as soon as log and database are there, and holds it while it runs.
@ApplicationScoped
public class Projector {

    private static final Logger LOG = Logger.getLogger(Projector.class);
    private static final Duration RETRY = Duration.ofSeconds(1);

    private final Assembly assembly;
    private final MeterRegistry meters;
    private final List<Thread> threads = new CopyOnWriteArrayList<>();
    private final Loop starts = new Loop();
    private volatile @Nullable Thread starting;
    private volatile @Nullable Running running;

    Projector(Assembly assembly, MeterRegistry meters) {
        this.assembly = assembly;
        this.meters = meters;
    }

    void onStart(@Observes StartupEvent event) {
        starting = Thread.ofPlatform().name("start").daemon(true).start(this::startWhenPossible);
    }

    void onStop(@Observes ShutdownEvent event) {
        starts.end();
        // First, so that no loop begins that nobody tells to stop.
        join(starting);
        if (running != null) {
            running.stop();
        }
        threads.forEach(Projector::join);
    }

    /// For short reads.
    ///
    /// @throws Refusal while the projector is waiting for log or database
    public Journeys journeys() {
        return started().readers().journeys();
    }

    /// For reads that evaluate a journey.
    ///
    /// @throws Refusal while the projector is waiting for log or database
    public Journeys longReads() {
        return started().readers().longReads();
    }

    /// For questions about the status.
    ///
    /// @throws Refusal while the projector is waiting for log or database
    public Journeys statusReads() {
        return started().readers().statusReads();
    }

    /// For back-tests.
    ///
    /// @throws Refusal while the projector is waiting for log or database
    public Journeys backtestReads() {
        return started().readers().backtestReads();
    }

    /// @throws Refusal while the projector is waiting for log or database
    public Retries retries() {
        return started().retries();
    }

    /// @throws Refusal while the projector is waiting for log or database
    public Settling settling() {
        return started().settling();
    }

    /// @throws Refusal while the projector is waiting for log or database
    public LiveRulebook rules() {
        return started().live().rules();
    }

    /// @throws Refusal while the projector is waiting for log or database
    public RuleEditor ruleEditor() {
        return started().editor();
    }

    /// For decisions on findings, which lie on the log of definitions.
    ///
    /// @throws Refusal while the projector is waiting for log or database
    public DefinitionWriter definitionWriter() {
        return started().definitionWriter();
    }

    /// What is published of findings.
    ///
    /// @throws Refusal while the projector is waiting for log or database
    public FindingTail.Source findingTails() {
        return started().tails();
    }

    private Running started() {
        var now = running;
        if (now == null) {
            throw new Refusal(ErrorCode.NOT_READY, "The projector is waiting for " + assembly.waitingFor() + ". Try again in a moment.");
        }
        return now;
    }

    /// What goes wrong at present, for health; empty while all is well.
    public String trouble() {
        var now = running;
        return now == null ? "waiting for " + assembly.waitingFor() : now.trouble();
    }

    /// What an operator should know although all goes on, for health.
    List<String> warnings() {
        var now = running;
        return now == null ? List.of() : now.warnings().latest().texts();
    }

    private void startWhenPossible() {
        while (!starts.ended() && running == null) {
            try {
                running = begin(assembly.assemble());
            } catch (RuntimeException notYet) {
                LOG.warnf("Waiting for %s: %s", assembly.waitingFor(), notYet.getMessage());
                starts.rest(RETRY);
            }
        }
    }

    private Running begin(Running assembled) {
        Figures.show(meters, assembled.live(), assembled.publisher(), assembled.warnings());
        assembled.workers().forEach((name, worker) -> threads.add(Thread.ofPlatform().name(name).daemon(true).start(worker)));
        return assembled;
    }

    private static void join(@Nullable Thread thread) {
        if (thread == null) {
            return;
        }
        try {
            thread.join(Duration.ofSeconds(10));
        } catch (InterruptedException _) {
            Thread.currentThread().interrupt();
        }
    }
}
