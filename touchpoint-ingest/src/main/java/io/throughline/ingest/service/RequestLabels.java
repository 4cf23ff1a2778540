package io.throughline.ingest.service;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import io.throughline.events.RouteTemplates;
import jakarta.inject.Singleton;

/// Labels of the metrics of requests: routes by their templates, and methods that we know. The platform takes both as they were sent
/// where a request was refused before it was routed.
@Singleton
final class RequestLabels implements MeterFilter {

    private static final RouteTemplates ROUTES = RouteTemplates.of(
            "/v1/events", "/v1/imports", "/v1/sources", "/v1/sources/{name}", "/v1/identities/tokens", "/v1/identities/caller");

    @Override
    public Meter.Id map(Meter.Id id) {
        return id.getName().startsWith("http.server.") ? id.replaceTags(id.getTags().stream().map(RequestLabels::bounded).toList()) : id;
    }

    private static Tag bounded(Tag tag) {
        return Tag.of(tag.getKey(), ROUTES.bounded(tag.getKey(), tag.getValue()));
    }
}
