package io.throughline.journey.rulebook;

import io.throughline.journey.rule.Rule;
import io.throughline.journey.rule.Rulebook;
import io.throughline.journey.rule.file.RuleFileException;
import io.throughline.journey.rule.file.RuleFiles;
import io.throughline.journey.rule.file.WrittenRule;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import org.jboss.logging.Logger;

/// The rulebook in force in this process: replaced whole, never changed.
public final class LiveRulebook implements Rules {

    private static final Logger LOG = Logger.getLogger(LiveRulebook.class);

    private final Map<String, WrittenRule> installed = new HashMap<>();
    private final List<Rule> installedRules;
    private final RuleStore store;
    private final Consumer<String> adopt;
    private volatile State state = new State(-1, new Rulebook(List.of()), Map.of());

    /// @param inForce by id, the last version of each rule
    private record State(long revision, Rulebook rulebook, Map<String, InForce> inForce) {}

    /// A rule in the version that came into force last.
    ///
    /// @param origin where it came from
    public record InForce(WrittenRule written, Origin origin) {
        public Rule rule() {
            return written.rule();
        }
    }

    /// Whether a rule came with the installation or from the log.
    public enum Origin { INSTALLED, DEFINED }

    /// @param adopt told the fingerprint of a rulebook before anybody judges by it
    public LiveRulebook(List<WrittenRule> installed, RuleStore store, Consumer<String> adopt) {
        installed.forEach(rule -> this.installed.put(rule.rule().id(), rule));
        this.installedRules = installed.stream().map(WrittenRule::rule).toList();
        this.store = store;
        this.adopt = adopt;
    }

    @Override
    public Held held() {
        var now = state;
        return new Held(now.revision(), now.rulebook());
    }

    /// All rules, each in the version that came into force last, in the order of their ids.
    public List<InForce> rules() {
        return state.inForce().values().stream().sorted((one, other) -> one.rule().id().compareTo(other.rule().id())).toList();
    }

    public Optional<InForce> rule(String id) {
        return Optional.ofNullable(state.inForce().get(id));
    }

    Optional<WrittenRule> installed(String id) {
        return Optional.ofNullable(installed.get(id));
    }

    @Override
    public synchronized void refresh() {
        var defined = store.defined();
        if (defined.revision() != state.revision()) {
            var next = state(defined);
            adopt.accept(next.rulebook().fingerprint());
            state = next;
            LOG.infof("Judging by %d rules: revision=%d", next.inForce().size(), next.revision());
        }
    }

    private State state(RuleStore.Defined defined) {
        var versions = new ArrayList<>(installedRules);
        var inForce = new HashMap<String, InForce>();
        installed.forEach((id, rule) -> inForce.put(id, new InForce(rule, Origin.INSTALLED)));
        for (var version : defined.versions()) {
            read(version).ifPresent(rule -> {
                versions.removeIf(other -> other.id().equals(version.id()) && other.version() >= version.number());
                versions.add(rule.rule());
                inForce.put(version.id(), new InForce(rule, Origin.DEFINED));
            });
        }
        return new State(defined.revision(), new Rulebook(versions), inForce);
    }

    /// One that cannot be read has no effect: what was in force before it stays so, visibly in the log.
    private static Optional<WrittenRule> read(RuleVersion version) {
        try {
            var rule = RuleFiles.recorded(version.id(), Objects.requireNonNull(version.value()));
            return Optional.of(rule.as(Math.toIntExact(version.number())));
        } catch (RuleFileException unreadable) {
            LOG.errorf("A rule on the log cannot be read here and has no effect: rule=%s version=%d: %s",
                    version.id(), version.number(), unreadable.getMessage());
            return Optional.empty();
        }
    }
}
