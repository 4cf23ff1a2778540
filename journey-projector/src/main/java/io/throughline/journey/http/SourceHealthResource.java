package io.throughline.journey.http;

import static org.eclipse.microprofile.openapi.annotations.enums.ParameterIn.QUERY;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.INTEGER;
import static org.eclipse.microprofile.openapi.annotations.enums.SchemaType.STRING;

import io.smallrye.common.annotation.RunOnVirtualThread;
import io.throughline.journey.access.Roles;
import io.throughline.journey.query.Meta;
import io.throughline.journey.query.Room;
import io.throughline.journey.rule.Watermarks;
import io.throughline.journey.run.Projector;
import io.throughline.journey.source.SourceHealth;
import jakarta.annotation.security.RolesAllowed;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.jspecify.annotations.Nullable;

/// How sources are doing: registered ones first, then those that were heard and are not registered.
@Path("/v1/source-health")
@Produces(MediaType.APPLICATION_JSON)
@RunOnVirtualThread
@RolesAllowed({Roles.VIEWER, Roles.ANALYST, Roles.AGENT, Roles.LEAD, Roles.OPERATOR, Roles.PRIVACY, Roles.ADMIN})
class SourceHealthResource {

    private final Projector projector;
    private final Turns turns;

    SourceHealthResource(Projector projector, Turns turns) {
        this.projector = projector;
        this.turns = turns;
    }

    /// @param lastEvent when the latest of its events and heartbeats occurred, or was recorded should that be earlier; `null` if there is none
    /// @param silentSince that, or since when it promises a heartbeat
    /// @param silentFor from then to the evaluation time
    /// @param expectedBy when it has to be heard again; `null` where it promises no heartbeat
    /// @param watermark through when all that it had to say counts as known; `null` if it is not registered, or was never heard
    /// @param late whether it is silent for longer than it promised
    record SourceHealthView(
            String source, boolean registered, List<String> types, @Nullable String heartbeat, @Nullable String expectedDelay, @Nullable Instant lastEvent,
            @Nullable Instant silentSince, @Nullable String silentFor, @Nullable Instant expectedBy, @Nullable Instant watermark, boolean late) {

        static SourceHealthView of(SourceHealth source, Watermarks watermarks) {
            var since = source.silentSince();
            return new SourceHealthView(source.name(), source.registered(), source.types(), source.heartbeat() == null ? null : source.heartbeat().toString(),
                    source.registered() ? source.delay().toString() : null, source.lastHeard(), since,
                    since == null ? null : (since.isAfter(source.at()) ? Duration.ZERO : Duration.between(since, source.at())).toString(),
                    source.expectedBy(), source.registered() ? watermarks.of(source.name()) : null, source.isLate());
        }
    }

    record SourceHealthPage(List<SourceHealthView> items, @Nullable String next, Meta meta) {}

    @GET
    @Parameter(name = "cursor", in = QUERY, description = "next of the page before", schema = @Schema(type = STRING))
    @Parameter(name = "limit", in = QUERY, schema = @Schema(type = INTEGER, minimum = "1", maximum = "500", defaultValue = "100"))
    public SourceHealthPage sources(@Context UriInfo uri) {
        var parameters = Parameters.of(uri);
        var room = Room.of(parameters.limit());
        var after = parameters.cursor("cursor", Cursors::source);
        return turns.read(() -> projector.journeys().read(snapshot -> {
            var page = snapshot.sources(after, room);
            var watermarks = snapshot.watermarks();
            return new SourceHealthPage(page.items().stream().map(source -> SourceHealthView.of(source, watermarks)).toList(),
                    page.next(source -> Cursors.of(source.place())), snapshot.meta());
        }));
    }
}
