package io.throughline.deploy.demo;

import io.throughline.events.catalogue.ContactEvent.CallStarted;
import io.throughline.events.catalogue.ContactEvent.ChatStarted;
import io.throughline.events.catalogue.ContactEvent.EmailReceived;
import io.throughline.events.catalogue.ContactEvent.PromiseKept;
import io.throughline.events.catalogue.ContactEvent.PromiseMade;
import io.throughline.events.catalogue.FulfilmentEvent.CardDelivered;
import io.throughline.events.catalogue.FulfilmentEvent.CardDispatched;
import io.throughline.events.catalogue.FulfilmentEvent.CardReturned;
import io.throughline.events.catalogue.FulfilmentEvent.ServiceAreaAssigned;
import io.throughline.events.catalogue.FulfilmentEvent.ShipmentDelivered;
import io.throughline.events.catalogue.FulfilmentEvent.ShipmentDispatched;
import io.throughline.events.catalogue.FulfilmentEvent.ShipmentReturned;
import io.throughline.events.catalogue.MessageEvent.MessageSent;
import io.throughline.events.catalogue.PostalAddress;
import io.throughline.events.catalogue.ProductEvent.WarrantyClaimed;
import io.throughline.events.catalogue.ProductEvent.WarrantySettled;
import io.throughline.events.catalogue.ProfileEvent.AddressChanged;
import io.throughline.events.catalogue.ProfileEvent.AddressPropagated;
import io.throughline.events.catalogue.ProfileEvent.ConsentChanged;
import io.throughline.events.catalogue.SalesEvent.LeadCreated;
import io.throughline.events.catalogue.SalesEvent.RepContacted;
import io.throughline.events.catalogue.TouchpointEvent;
import java.time.Instant;
import java.time.Period;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The eight rules that the demo plants against, and the one that chance could break, read naively: every event against every other.
final class Oracle {
    private static final ZoneId ZONE = ZoneId.of("Europe/London");

    private Oracle() {}

    static List<PlantedFault> faults(List<DemoEvent> events, Instant now) {
        var faults = new ArrayList<PlantedFault>();
        for (var event : events) {
            Stream.of(unanswered(events, event, now), contradicted(events, event), repeated(events, event)).flatMap(Optional::stream)
                    .forEach(rule -> faults.add(new PlantedFault(rule, event.source(), event.id())));
        }
        return faults;
    }

    private static Optional<String> unanswered(List<DemoEvent> events, DemoEvent event, Instant now) {
        return Optional.ofNullable(switch (event.what()) {
            case AddressChanged changed when missed(events, event, plus(event, 1), now, other -> other instanceof AddressPropagated known
                    && known.addressId().equals(changed.addressId()) && known.version() >= changed.version()) -> "address-change-unacknowledged";
            case CardDispatched dispatched when missed(events, event, plus(event, 10), now, other ->
                    other instanceof CardDelivered delivered && delivered.cardId().equals(dispatched.cardId())
                            || other instanceof CardReturned returned && returned.cardId().equals(dispatched.cardId())) -> "undelivered";
            case ShipmentDispatched dispatched when missed(events, event, plus(event, 10), now, other ->
                    other instanceof ShipmentDelivered delivered && delivered.orderId().equals(dispatched.orderId())
                            || other instanceof ShipmentReturned returned && returned.orderId().equals(dispatched.orderId())) -> "undelivered";
            case PromiseMade made when missed(events, event, made.due().toInstant(), now, other ->
                    other instanceof PromiseKept(var promise) && promise.equals(made.promiseId())) -> "promise-broken";
            case LeadCreated created when missed(events, event, plus(event, 2), now, other ->
                    other instanceof RepContacted(var lead, _) && lead.equals(created.leadId())) -> "lead-gone-cold";
            case WarrantyClaimed claimed when missed(events, event, plus(event, 14), now, other ->
                    other instanceof WarrantySettled(var order, _) && order.equals(claimed.orderId())) -> "warranty-unsettled";
            default -> null;
        });
    }

    private static Optional<String> contradicted(List<DemoEvent> events, DemoEvent event) {
        return Optional.ofNullable(switch (event.what()) {
            case CardDispatched dispatched when isStale(events, event, dispatched.address()) -> "stale-address-on-dispatch";
            case ShipmentDispatched dispatched when isStale(events, event, dispatched.address()) -> "stale-address-on-dispatch";
            case MessageSent sent when sent.topic().equals("outage") && !latestArea(events, event).equals(sent.area()) -> "outage-notice-to-unaffected";
            case MessageSent sent when "marketing".equals(sent.purpose()) && latestConsentIsNo(events, event) -> "marketing-without-consent";
            default -> null;
        });
    }

    /// Nothing of the kind is planted: ordinary days must not bring it about by chance.
    private static Optional<String> repeated(List<DemoEvent> events, DemoEvent event) {
        var since = event.at().atZone(ZONE).minusDays(7).toInstant();
        return concern(event.what()).filter(topic -> events.stream()
                .filter(other -> !other.at().isBefore(since) && !other.at().isAfter(event.at()) && concern(other.what()).equals(Optional.of(topic)))
                .count() >= 3).map(_ -> "repeat-contact");
    }

    private static Optional<String> concern(TouchpointEvent what) {
        return Optional.ofNullable(switch (what) {
            case CallStarted(_, var topic) -> topic;
            case ChatStarted(_, var topic) -> topic;
            case EmailReceived(_, var topic, _) -> topic;
            default -> null;
        });
    }

    private static Instant plus(DemoEvent event, int days) {
        return event.at().atZone(ZONE).plus(Period.ofDays(days)).toInstant();
    }

    private static boolean missed(List<DemoEvent> events, DemoEvent asked, Instant deadline, Instant now, Predicate<TouchpointEvent> answers) {
        return now.isAfter(deadline) && events.stream()
                .noneMatch(event -> !event.at().isBefore(asked.at()) && !event.at().isAfter(deadline) && answers.test(event.what()));
    }

    /// Another address than each that held between two days before and the dispatch.
    private static boolean isStale(List<DemoEvent> events, DemoEvent dispatch, PostalAddress address) {
        var graceBegins = dispatch.at().atZone(ZONE).minusDays(2).toInstant();
        var held = new ArrayList<PostalAddress>();
        for (var event : events) {
            if (event.what() instanceof AddressChanged changed && event.at().isBefore(dispatch.at())) {
                if (event.at().isBefore(graceBegins)) {
                    held.clear();
                }
                held.add(changed.address());
            }
        }
        return !held.contains(address);
    }

    private static String latestArea(List<DemoEvent> events, DemoEvent use) {
        return events.stream().filter(event -> event.at().isBefore(use.at()))
                .flatMap(event -> event.what() instanceof ServiceAreaAssigned(var area) ? Stream.of(area) : Stream.empty())
                .reduce("", (_, later) -> later);
    }

    private static boolean latestConsentIsNo(List<DemoEvent> events, DemoEvent use) {
        return !events.stream().filter(event -> event.at().isBefore(use.at()))
                .flatMap(event -> event.what() instanceof ConsentChanged(var purpose, var granted) && purpose.equals("marketing")
                        ? Stream.of(granted) : Stream.<Boolean>empty())
                .reduce(true, (_, later) -> later);
    }
}
