package io.throughline.ingest;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.events.AttributeLimits;
import io.throughline.events.Attributes;
import io.throughline.events.CloudEvent;
import io.throughline.events.KnownTime;
import io.throughline.events.Problem;
import io.throughline.events.access.Principal;
import io.throughline.events.access.Role;
import io.throughline.events.access.Scope;
import io.throughline.events.catalogue.CatalogueCheck;
import io.throughline.events.definition.SourceDefinition;
import io.throughline.events.json.CloudEventJson;
import io.throughline.events.json.CloudEventJson.Reading;
import io.throughline.events.json.Violation;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/// Whether an event may come in. Pure: the same event, caller, time and sources always get the same decision.
public final class Admission {

    /// A sender learns the first faults of an event, not a report as large as the event.
    static final int MAX_VIOLATIONS = 20;

    private static final int MAX_POINTER = 256;

    private final Limits limits;
    private final Sources sources;

    public Admission(Limits limits, Sources sources) {
        this.limits = limits;
        this.sources = sources;
    }

    /// What becomes of one event.
    public sealed interface Decision {
        /// @param event as it goes on the log: on the channel registered for its source where it names none, its content hash that of what was sent
        /// @param unregisteredType whether its source is registered, but not for events of its type
        /// @param warnings what of it no rule of the catalogue will read
        record Accepted(CloudEvent event, boolean unregisteredType, List<Violation> warnings) implements Decision {}

        /// @param source as far as it could be read, as is `id`
        record Rejected(@Nullable String source, @Nullable String id, Problem problem) implements Decision {}
    }

    /// Whether `caller` may hand in events at all.
    public static boolean mayPost(Principal caller) {
        return switch (caller) {
            case Principal.Channel channel -> channel.has(Scope.POST);
            case Principal.Staff staff -> staff.is(Role.OPERATOR) || staff.is(Role.ADMIN);
        };
    }

    /// @param event one event in structured mode, as it came
    public Decision decide(ByteBuffer event, Principal caller, Instant now) {
        if (event.remaining() > limits.eventBytes()) {
            return new Decision.Rejected(null, null, tooLarge());
        }
        try {
            return decide(EventText.read(event), caller, now);
        } catch (Refusal refusal) {
            return new Decision.Rejected(null, null, refusal.problem());
        }
    }

    /// @param event one event in structured form
    public Decision decide(JsonNode event, Principal caller, Instant now) {
        return switch (CloudEventJson.read(event)) {
            case Reading.Invalid invalid -> new Decision.Rejected(invalid.source(), invalid.id(), invalid(invalid.violations()));
            case Reading.Readable readable -> decide(readable.event(), caller, now);
        };
    }

    private Decision decide(CloudEvent event, Principal caller, Instant now) {
        var attributes = event.attributes();
        if (!caller.mayPostFor(attributes.source())) {
            return rejected(event, ErrorCode.FOREIGN_SOURCE.problem(
                    "The key " + caller.id() + " may not post for this source: use the key of the source, or one with role operator."));
        }
        var link = IdentityLink.violations(event);
        if (!link.isEmpty()) {
            return rejected(event, invalid(link));
        }
        var source = sources.named(attributes.source());
        var ahead = source != null && source.clockSkew() != null ? source.clockSkew() : limits.ahead();
        var timesAhead = timesAfter(now.plus(ahead), attributes);
        if (!timesAhead.isEmpty()) {
            var problem = ErrorCode.TIME_AHEAD.problem("A time of the event lies more than " + ahead
                    + " ahead of ours: check the clock and the offset of the source.");
            return rejected(event, problem.with(timesAhead));
        }
        return source == null ? new Decision.Accepted(event, false, warnings(event, false)) : accepted(event, source);
    }

    private static List<Violation> timesAfter(Instant latest, Attributes attributes) {
        var violations = new ArrayList<Violation>(0);
        if (attributes.occurredAt().isAfter(latest)) {
            violations.add(new Violation("/time", "lies too far ahead"));
        }
        if (attributes.knownTime() instanceof KnownTime.Stated(var known) && known.toInstant().isAfter(latest)) {
            violations.add(new Violation("/" + KnownTime.ATTRIBUTE, "lies too far ahead"));
        }
        return violations;
    }

    private static Decision accepted(CloudEvent event, SourceDefinition source) {
        var attributes = event.attributes();
        boolean onItsChannel = attributes.channel() != null || source.channel() == null;
        var placed = onItsChannel ? event : event.with(attributes.onChannel(source.channel()));
        if (AttributeLimits.areTooMany(placed.attributes())) {
            // Readers of the log would set it aside.
            return rejected(event, invalid(List.of(new Violation("", "has more than " + AttributeLimits.MAX_BYTES
                    + " bytes of attributes, together with the channel registered for its source: event content belongs into \"data\""))));
        }
        return new Decision.Accepted(placed, !source.sends(attributes.type()), warnings(event, source.types().contains(attributes.type())));
    }

    private static List<Violation> warnings(CloudEvent event, boolean registered) {
        return CatalogueCheck.warnings(event.attributes().type(), event.data(), registered);
    }

    /// The answer to an event beyond the limit, wherever that is noticed.
    public Problem tooLarge() {
        return ErrorCode.EVENT_TOO_LARGE.problem("An event has at most " + limits.eventBytes() + " bytes, inflated: send references instead of contents.");
    }

    private static Decision rejected(CloudEvent event, Problem problem) {
        return new Decision.Rejected(event.attributes().source(), event.attributes().id(), problem);
    }

    static Problem invalid(List<Violation> violations) {
        String more = violations.size() > MAX_VIOLATIONS ? ", of which the first " + MAX_VIOLATIONS + " are listed" : "";
        var detail = violations.size() == 1 ? "One thing is wrong with the event." : violations.size() + " things are wrong with the event" + more + ".";
        return ErrorCode.INVALID_EVENT.problem(detail).with(violations.stream().limit(MAX_VIOLATIONS).map(Admission::clipped).toList());
    }

    private static Violation clipped(Violation violation) {
        var pointer = violation.pointer();
        return pointer.length() <= MAX_POINTER ? violation : new Violation(pointer.substring(0, MAX_POINTER) + "…", violation.detail());
    }
}
