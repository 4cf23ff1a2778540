package io.throughline.bench;

import io.throughline.bench.load.Template;
import java.util.List;

/// What happens to a customer of the bench: twenty events of the catalogue that the shipped rules look at, without a fault. About five hundred
/// bytes each as a request, and as much on the log.
public final class Story {
    /// Whoever posts, in all measurements over HTTP: one key, one source.
    public static final String SOURCE = "/channels/self-service";
    /// Before the number of an event, in its id.
    public static final String ID_PREFIX = "bench-";

    private static final String MILL_LANE = """
            {"lines":["12 Mill Lane","Flat 4"],"postcode":"LS1 4AP","city":"Leeds","country":"GB"}""";
    private static final String HARBOUR_VIEW = """
            {"lines":["7 Harbour View"],"postcode":"BS1 6UZ","city":"Bristol","country":"GB"}""";

    /// @param data JSON in ASCII
    /// @param source who says it on the log
    public record Step(String type, String source, String data) {
        Step(String type, String data) {
            this(type, SOURCE, data);
        }

        /// As the log has it: the last segment of the source.
        String channel() {
            return source.substring(source.lastIndexOf('/') + 1);
        }
    }

    /// In the order of their occurrence.
    public static final List<Step> STEPS = List.of(
            new Step("service-area-assigned.v1", """
                    {"area":"south","contract":"residential","meter":"M-204-881-27","since":"2026-01-01","readings":"monthly"}"""),
            new Step("consent-changed.v1", """
                    {"purpose":"marketing","granted":true,"text":"I agree to be told about offers by post and e-mail.","version":"2026-01"}"""),
            page("/account/overview", "Your account"),
            new Step("address-changed.v1", """
                    {"addressId":"home","kind":"postal","version":1,"address":%s}""".formatted(MILL_LANE)),
            new Step("address-propagated.v1", "/systems/card-dispatch", """
                    {"addressId":"home","version":1,"system":"card-dispatch","address":%s}""".formatted(MILL_LANE)),
            page("/products/earphones/compare", "Compare earphones"),
            new Step("message-sent.v1", """
                    {"messageId":"m-1","campaign":"spring","topic":"offers","medium":"e-mail","purpose":"marketing","advice":"Try the new earphones"}"""),
            new Step("purchase-made.v1", """
                    {"orderId":"o-1","product":"earphones-x2","amount":{"amount":"129.00","currency":"GBP"},"channel":"web"}"""),
            new Step("shipment-dispatched.v1", """
                    {"orderId":"o-1","carrier":"post","address":%s}""".formatted(MILL_LANE)),
            new Step("shipment-delivered.v1", """
                    {"orderId":"o-1","carrier":"post","signedBy":"neighbour","address":%s}""".formatted(MILL_LANE)),
            new Step("call-started.v1", """
                    {"callId":"k-1","topic":"setup","number":"0800 555 0100","queue":"products","language":"en","callerKnown":true}"""),
            new Step("promise-made.v1", """
                    {"promiseId":"p-1","what":"call back with the answer of the workshop","due":"2030-01-01T17:00:00Z","agent":"a-17"}"""),
            new Step("call-ended.v1", """
                    {"callId":"k-1","resolved":false,"handleSeconds":412,"agent":"a-17","wrapUp":"call back after the workshop has answered"}"""),
            new Step("promise-kept.v1", """
                    {"promiseId":"p-1","agent":"a-17","note":"called back, the customer is content with the answer"}"""),
            new Step("address-changed.v1", """
                    {"addressId":"home","kind":"postal","version":2,"address":%s}""".formatted(HARBOUR_VIEW)),
            new Step("address-propagated.v1", "/systems/card-dispatch", """
                    {"addressId":"home","version":2,"system":"card-dispatch","address":%s}""".formatted(HARBOUR_VIEW)),
            outageNotice("south"),
            new Step("warranty-claimed.v1", """
                    {"orderId":"o-1","product":"earphones-x2","fault":"left side silent","bought":"2026-02-11","text":"silent since Monday"}"""),
            new Step("warranty-settled.v1", """
                    {"orderId":"o-1","product":"earphones-x2","outcome":"replaced","workshop":"w-3","note":"driver defective, replaced"}"""),
            page("/help/earphones/setup", "Setting up your earphones"));

    /// Those that owe nothing and promise nothing, in whatever order they come.
    static final List<Step> EVERYDAY = STEPS.stream()
            .filter(step -> step.type().matches("page-viewed.*|call-ended.*|purchase-made.*|consent-changed.*|warranty-settled.*|promise-kept.*"))
            .toList();

    /// Wrong at once for whoever lives in the area south: told about an outage elsewhere.
    static final Step MISDIRECTED = outageNotice("north");
    /// The shipped rule that says so.
    static final String MISDIRECTED_RULE = "outage-notice-to-unaffected";

    private Story() {}

    private static Step page(String path, String title) {
        return new Step("page-viewed.v1", """
                {"url":"https://www.example.org%s?utm_source=newsletter&utm_campaign=spring","title":"%s","stage":"use","topic":"products"}"""
                .formatted(path, title));
    }

    private static Step outageNotice(String area) {
        return new Step("message-sent.v1", """
                {"messageId":"m-2","campaign":"outage-17","topic":"outage","medium":"sms","purpose":"service","area":"%s"}""".formatted(area));
    }

    /// The id of the event of this number.
    public static String id(long number) {
        return ID_PREFIX + new String(Template.digits(number, Template.ID.length()), java.nio.charset.StandardCharsets.ISO_8859_1);
    }

    /// The number of the event of this id, or -1 where the id is none of ours.
    static long number(String id) {
        return id.startsWith(ID_PREFIX) ? Long.parseLong(id.substring(ID_PREFIX.length())) : -1;
    }
}
