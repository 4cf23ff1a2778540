package io.throughline.journey.rule.naive;

import com.fasterxml.jackson.databind.JsonNode;
import io.throughline.journey.rule.naive.PlainTime.Calendar;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/// All that a verdict depends on: one rule, one journey, the sources, and the time.
///
/// @param rule the document
/// @param events in any order, also those that occur only after `asOf`
/// @param calendars by name, as in `GB-ENG`
/// @param time of evaluation, T
record Case(JsonNode rule, List<PlainEvent> events, List<PlainSource> sources, Map<String, Calendar> calendars, Instant time, Instant asOf) {}
