package io.throughline.deploy.demo;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;

import io.throughline.events.catalogue.ContactEvent;
import io.throughline.events.catalogue.FulfilmentEvent;
import io.throughline.events.catalogue.ProductEvent;
import io.throughline.events.catalogue.ProfileEvent.ConsentChanged;
import io.throughline.events.catalogue.SalesEvent;
import java.util.Optional;

/// Scenes in which one thing goes wrong, and only that. Where something is owed it comes too late or, more often, never.
final class Faults {
    private static final double LATE = 0.3;

    private Faults() {}

    static void plant(Fault fault, Life life) {
        switch (fault) {
            case ADDRESS_CHANGE_UNACKNOWLEDGED -> movesUnheard(life);
            case STALE_ADDRESS_ON_DISPATCH -> cardGoesToOldAddress(life);
            case OUTAGE_NOTICE_TO_UNAFFECTED -> isToldOfOutageElsewhere(life);
            case PROMISE_BROKEN -> isPromisedInVain(life);
            case LEAD_GONE_COLD -> isNotCalledBack(life);
            case WARRANTY_UNSETTLED -> waitsForSettlement(life);
            case UNDELIVERED -> waitsForParcel(life);
            case MARKETING_WITHOUT_CONSENT -> isCourtedAgainstWill(life);
        }
    }

    private static void movesUnheard(Life life) {
        Addresses.change(life, Sources.SELF_SERVICE);
        life.fault(Fault.ADDRESS_CHANGE_UNACKNOWLEDGED);
        // In any case, lest the acknowledgement of a next move comes in time for this one.
        life.later(ofDays(2), ofDays(6));
        if (life.chance(LATE)) {
            Addresses.acknowledge(life);
        }
    }

    /// Card dispatch had acknowledged the new address, and yet.
    private static void cardGoesToOldAddress(Life life) {
        var old = life.address;
        Scenes.moves(life);
        life.later(ofDays(3), ofDays(8));
        var card = life.thing("card");
        life.happens(Sources.CARD_DISPATCH, new FulfilmentEvent.CardDispatched(card, old, "post"));
        life.fault(Fault.STALE_ADDRESS_ON_DISPATCH);
        life.later(ofDays(3), ofDays(6));
        life.happens(Sources.CARD_DISPATCH, new FulfilmentEvent.CardReturned(card, "moved"));
    }

    private static void isToldOfOutageElsewhere(Life life) {
        Scenes.notice(life, life.oneOf(Scenes.AREAS.stream().filter(area -> !area.equals(life.area)).toList()));
        life.fault(Fault.OUTAGE_NOTICE_TO_UNAFFECTED);
    }

    private static void isPromisedInVain(Life life) {
        var call = Scenes.rings(life);
        var promise = Scenes.promises(life, ofDays(1));
        life.fault(Fault.PROMISE_BROKEN);
        Scenes.hangsUp(life, call);
        if (life.chance(LATE)) {
            life.later(ofDays(2), ofDays(4));
            life.happens(Sources.CONTACT_CENTRE, new ContactEvent.PromiseKept(promise));
        }
    }

    private static void isNotCalledBack(Life life) {
        var lead = Scenes.clicks(life);
        life.fault(Fault.LEAD_GONE_COLD);
        if (life.chance(LATE)) {
            life.later(ofDays(3), ofDays(6));
            life.happens(Sources.SALES, new SalesEvent.RepContacted(lead, "phone"));
        }
    }

    private static void waitsForSettlement(Life life) {
        var order = Scenes.claims(life);
        life.fault(Fault.WARRANTY_UNSETTLED);
        if (life.chance(LATE)) {
            life.later(ofDays(16), ofDays(20));
            life.happens(Sources.CRM, new ProductEvent.WarrantySettled(order, "replaced"));
        }
    }

    private static void waitsForParcel(Life life) {
        var order = Scenes.buys(life);
        life.later(ofHours(6), ofDays(2));
        life.happens(Sources.FULFILMENT, new FulfilmentEvent.ShipmentDispatched(order, life.address));
        life.fault(Fault.UNDELIVERED);
        if (life.chance(LATE)) {
            life.later(ofDays(12), ofDays(15));
            life.happens(Sources.FULFILMENT, new FulfilmentEvent.ShipmentDelivered(order));
        }
    }

    private static void isCourtedAgainstWill(Life life) {
        life.happens(Sources.SELF_SERVICE, new ConsentChanged("marketing", false));
        life.marketing = Optional.of(false);
        life.later(ofHours(3), ofDays(4));
        Scenes.advertises(life);
        life.fault(Fault.MARKETING_WITHOUT_CONSENT);
    }
}
