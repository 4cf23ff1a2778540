package io.throughline.journey.source;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.throughline.events.json.EventJson;
import io.throughline.journey.finding.Finding;
import io.throughline.journey.finding.FindingStatus;
import io.throughline.journey.rule.EventRef;
import io.throughline.journey.rule.FindingId;
import io.throughline.journey.rule.Severity;
import io.throughline.journey.rule.Verdict;
import io.throughline.journey.rule.time.SpokenMoment;
import io.throughline.journey.rule.time.SpokenSpan;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/// A source that is silent for longer than it promised, as a finding of its own: about `source:NAME`, about no person.
///
/// `open` while it is silent, `resolved` when it is in time again, `withdrawn` when it promises something else. A silence is named by the
/// last sign of life before it, so each is told of once.
public final class SourceSilence {

    /// What such findings give as their rule. It is in no rulebook: nobody can change what it says.
    public static final String RULE = "source-silent";

    private static final String TITLE = "A source is silent for longer than it promised";

    private SourceSilence() {}

    /// The id of the finding about the silence that `source` is in.
    public static FindingId id(SourceHealth source) {
        return FindingId.of(RULE, new EventRef(source.name(), String.valueOf(source.silentSince())));
    }

    /// The revisions that are due.
    ///
    /// @param sources all that promise a sign of life
    /// @param told what was told: the open ones of all sources, and those of the silences that `sources` are in
    /// @param at the evaluation time
    public static List<Finding> revisions(Collection<SourceHealth> sources, Collection<Finding> told, Instant at) {
        var open = new HashMap<String, Finding>();
        var byId = new HashMap<FindingId, Finding>();
        told.forEach(finding -> byId.put(finding.id(), finding));
        told.stream().filter(finding -> finding.status() == FindingStatus.OPEN).forEach(finding -> open.put(finding.subject(), finding));
        var revisions = new ArrayList<Finding>();
        for (var source : sources) {
            var standing = open.remove(subject(source));
            if (standing != null) {
                end(standing, source, at).ifPresent(revisions::add);
            }
            if (source.isLate() && (standing == null || hasEnded(standing, source))) {
                revisions.add(open(source, byId.get(id(source)), at));
            }
        }
        open.values().forEach(gone -> revisions.add(gone.withdrawn(at, null)));
        return revisions;
    }

    /// The sentence for people.
    ///
    /// @param parameters of the finding
    /// @param zone of the time in it
    public static String explain(Map<String, String> parameters, ZoneId zone) {
        var delay = Duration.parse(parameters.get("delay"));
        return parameters.get("source") + " promised a sign of life every " + SpokenSpan.of(parameters.get("heartbeat"))
                + (delay.isZero() ? "" : " (events up to " + SpokenSpan.of(parameters.get("delay")) + " late)")
                + " and has given none since " + SpokenMoment.of(Instant.parse(parameters.get("since")), zone) + ".";
    }

    private static Optional<Finding> end(Finding standing, SourceHealth source, Instant at) {
        if (hasEnded(standing, source)) {
            return Optional.of(resolved(standing, source, at));
        }
        return source.isLate() ? Optional.empty() : Optional.of(standing.withdrawn(at, null));
    }

    private static boolean hasEnded(Finding standing, SourceHealth source) {
        return source.lastHeard() != null && source.lastHeard().isAfter(standing.activationAt()) && (source.caughtUp() || !source.isLate());
    }

    private static String subject(SourceHealth source) {
        return "source:" + source.name();
    }

    private static Finding open(SourceHealth source, @Nullable Finding told, Instant at) {
        var body = body(source);
        return new Finding(id(source), null, subject(source), RULE, 1, Severity.HIGH.wire(), null, null, FindingStatus.OPEN, Verdict.VIOLATED,
                told == null ? 1 : told.revision() + 1, false, content(body), source.silentSince(), told == null ? at : told.knownAt(), at, body, null, null);
    }

    private static Finding resolved(Finding standing, SourceHealth source, Instant at) {
        var body = standing.body();
        try {
            var json = (ObjectNode) EventJson.mapper().readTree(body);
            var due = Instant.parse(json.path("deadline").path("at").asText());
            json.put("metAt", source.lastHeard().toString());
            json.put("lateBy", Duration.between(due, source.lastHeard()).toString());
            body = json.toString();
        } catch (JsonProcessingException impossible) {
            throw new IllegalStateException("we wrote this body ourselves", impossible);
        }
        return new Finding(standing.id(), null, standing.subject(), RULE, standing.ruleVersion(), standing.severity(), standing.stage(),
                standing.cost(), FindingStatus.RESOLVED, Verdict.VIOLATED, standing.revision() + 1, standing.historic(), content(body), standing.activationAt(),
                standing.knownAt(), at, body, null, null);
    }

    /// As of a finding about a person: references and parameters.
    private static String body(SourceHealth source) {
        var body = EventJson.mapper().createObjectNode();
        body.put("title", TITLE).putNull("stage");
        body.putArray("activation");
        body.putArray("evidence");
        body.putObject("deadline").put("at", source.expectedBy().toString())
                .put("computed", source.heartbeat() + " of silence and " + source.delay() + " of delay from "
                        + source.expectedBy().minus(source.heartbeat()).minus(source.delay()));
        body.putNull("nearestMiss").putNull("metAt").putNull("lateBy").putArray("notes");
        body.putObject("parameters").put("source", source.name()).put("since", source.silentSince().toString())
                .put("heartbeat", source.heartbeat().toString()).put("delay", source.delay().toString());
        return body.toString();
    }

    private static UUID content(String body) {
        return UUID.nameUUIDFromBytes(body.getBytes(StandardCharsets.UTF_8));
    }
}
