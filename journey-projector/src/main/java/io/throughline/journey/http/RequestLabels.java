package io.throughline.journey.http;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.throughline.events.RouteTemplates;
import jakarta.inject.Singleton;

/// Labels of the metrics of requests: routes by their templates, and methods that we know. The platform takes both as they were sent
/// where a request was refused before it was routed.
@Singleton
final class RequestLabels implements MeterFilter {

    static final RouteTemplates ROUTES = RouteTemplates.of(
            "/v1/persons/lookup", "/v1/journeys", "/v1/journeys/{person}", "/v1/journeys/{person}/digest", "/v1/journeys/{person}/explain",
            "/v1/findings", "/v1/findings/summary", "/v1/findings/stream", "/v1/findings/{id}", "/v1/findings/{id}/dismiss",
            "/v1/receipts", "/v1/source-health", "/v1/schemas/rule",
            "/v1/status", "/v1/status/settle", "/v1/status/set-aside", "/v1/status/set-aside/retry", "/v1/status/over-budget",
            "/v1/rules", "/v1/rules/validate", "/v1/rules/{id}", "/v1/rules/{id}/versions", "/v1/rules/{id}/activate",
            "/v1/rules/{id}/backtests", "/v1/backtests/{id}");

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith("http.server.") ? id.replaceTags(id.getTags().stream().map(RequestLabels::bounded).toList()) : id;
    }

    private static Tag bounded(Tag tag) {
        return Tag.of(tag.getKey(), ROUTES.bounded(tag.getKey(), tag.getValue()));
    }
}
