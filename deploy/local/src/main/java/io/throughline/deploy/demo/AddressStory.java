package io.throughline.deploy.demo;

import io.throughline.events.Identity;
import io.throughline.events.catalogue.FulfilmentEvent.CardDelivered;
import io.throughline.events.catalogue.FulfilmentEvent.CardDispatched;
import io.throughline.events.catalogue.PostalAddress;
import io.throughline.events.catalogue.ProfileEvent.AddressChanged;
import io.throughline.events.catalogue.ProfileEvent.AddressPropagated;
import io.throughline.events.catalogue.ProfileEvent.ProfileViewed;
import io.throughline.events.catalogue.TouchpointEvent;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;

/// The bank's story: Ada moves and says so in self-service; card dispatch never learns of it, and two weeks later the bank
/// posts her new card to the house she left.
public final class AddressStory {
    public static final String IDENTITY = "customer:ada-demo";
    private static final PostalAddress OLD_HOME = new PostalAddress(List.of("12 Mill Lane"), "LS1 4AP", "Leeds", "GB");
    private static final PostalAddress NEW_HOME = new PostalAddress(List.of("7 Harbour View"), "BS1 6UZ", "Bristol", "GB");

    private AddressStory() {}

    /// The story as told on `day`. Ids do not depend on the day: one stack hears it once.
    static Customer on(LocalDate day) {
        var today = day.atStartOfDay(ZoneOffset.UTC).toInstant();
        var events = List.of(
                event(1, Sources.CRM, daysBefore(today, 58, "PT9H"), new AddressChanged("home", "postal", OLD_HOME, 1)),
                event(2, Sources.CARD_DISPATCH, daysBefore(today, 58, "PT9H5M"), new AddressPropagated("home", 1, "card-dispatch")),
                event(3, Sources.SELF_SERVICE, daysBefore(today, 21, "PT18H10M"), new ProfileViewed()),
                event(4, Sources.SELF_SERVICE, daysBefore(today, 21, "PT18H12M"), new AddressChanged("home", "postal", NEW_HOME, 2)),
                event(5, Sources.CARD_DISPATCH, daysBefore(today, 7, "PT7H30M"), new CardDispatched("c-77", OLD_HOME, "post")),
                event(6, Sources.CARD_DISPATCH, daysBefore(today, 4, "PT11H"), new CardDelivered("c-77")));
        return new Customer(IDENTITY, events, List.of(
                new PlantedFault(Fault.ADDRESS_CHANGE_UNACKNOWLEDGED.rule(), Sources.SELF_SERVICE, "ada-demo-4"),
                new PlantedFault(Fault.STALE_ADDRESS_ON_DISPATCH.rule(), Sources.CARD_DISPATCH, "ada-demo-5")));
    }

    private static DemoEvent event(int number, String source, Instant at, TouchpointEvent what) {
        return new DemoEvent(source, "ada-demo-" + number, Identity.parse(IDENTITY), at, what);
    }

    private static Instant daysBefore(Instant today, int days, String timeOfDay) {
        return today.minus(Duration.ofDays(days)).plus(Duration.parse(timeOfDay));
    }
}
