package io.throughline.deploy.demo;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;
import static java.time.Duration.ofSeconds;

import io.throughline.events.Money;
import io.throughline.events.catalogue.ContactEvent;
import io.throughline.events.catalogue.ExperienceEvent;
import io.throughline.events.catalogue.FulfilmentEvent;
import io.throughline.events.catalogue.MessageEvent;
import io.throughline.events.catalogue.ProductEvent;
import io.throughline.events.catalogue.ProfileEvent;
import io.throughline.events.catalogue.SalesEvent;
import io.throughline.events.catalogue.WebEvent;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.Currency;
import java.util.List;
import java.util.stream.IntStream;

/// What happens to customers when nothing goes wrong, scene by scene. No scene lasts longer than [#LONGEST], and none
/// leaves anything owed behind.
final class Scenes {
    /// From the first event of a scene to its last.
    static final Duration LONGEST = ofDays(13);

    static final List<String> AREAS = List.of("LS", "BS", "EH", "CF", "SW", "NE", "BT", "OX");
    static final List<String> PRODUCTS = List.of("phone", "earphones", "router", "tablet", "watch");
    private static final List<String> TOPICS = List.of("billing", "broadband", "card", "delivery", "tariff");
    private static final Currency POUND = Currency.getInstance("GBP");

    /// Something that happens to a customer, now and in the time that it takes.
    interface Scene {
        void play(Life life);
    }

    /// The scenes of ordinary days, the frequent ones more than once.
    static final List<Scene> ORDINARY = List.of(Scenes::browses, Scenes::browses, Scenes::orders, Scenes::orders, Scenes::calls, Scenes::calls,
            Scenes::chats, Scenes::chats, Scenes::writes, Scenes::moves, Scenes::getsCard, Scenes::becomesLead, Scenes::claimsWarranty, Scenes::isToldOfOutage,
            Scenes::isCourted, Scenes::losesPassword, Scenes::isSurveyed);

    private Scenes() {}

    static void browses(Life life) {
        life.happens(Sources.WEB, new WebEvent.PageViewed("https://www.example/" + life.oneOf(PRODUCTS), null, null, null));
        life.later(ofSeconds(20), ofMinutes(6));
        life.happens(Sources.WEB, new WebEvent.SearchPerformed("site", life.oneOf(TOPICS), life.random().nextInt(40)));
        life.later(ofSeconds(10), ofMinutes(4));
        life.happens(Sources.WEB, new WebEvent.SelfHelpViewed(life.oneOf(TOPICS), life.chance(0.6)));
    }

    static void orders(Life life) {
        var order = buys(life);
        life.later(ofHours(6), ofDays(2));
        life.happens(Sources.FULFILMENT, new FulfilmentEvent.ShipmentDispatched(order, life.address));
        life.later(ofHours(20), ofDays(6));
        life.happens(Sources.FULFILMENT, new FulfilmentEvent.ShipmentDelivered(order));
    }

    /// @return the order's id
    static String buys(Life life) {
        var basket = life.thing("basket");
        var amount = amount(life, 20, 900);
        life.happens(Sources.WEB, new WebEvent.CheckoutStarted(basket, amount));
        life.later(ofSeconds(50), ofMinutes(12));
        var order = life.thing("order");
        life.happens(Sources.WEB, new WebEvent.OrderPlaced(basket, order, amount, List.of()));
        return order;
    }

    static void calls(Life life) {
        var call = rings(life);
        if (life.chance(0.5)) {
            var promise = promises(life, ofDays(3));
            hangsUp(life, call);
            life.later(ofHours(4), ofHours(60));
            life.happens(Sources.CONTACT_CENTRE, new ContactEvent.PromiseKept(promise));
        } else {
            hangsUp(life, call);
        }
    }

    /// @return the call's id
    static String rings(Life life) {
        var call = life.thing("call");
        life.happens(Sources.IVR, new ContactEvent.CallStarted(call, concern(life)));
        life.later(ofSeconds(15), ofSeconds(90));
        life.happens(Sources.IVR, new ContactEvent.CallQueued(call));
        var queued = life.now();
        life.later(ofSeconds(10), ofMinutes(9));
        life.happens(Sources.CONTACT_CENTRE, new ContactEvent.CallAnswered(call, "agent-" + life.random().nextInt(1, 60),
                Duration.between(queued, life.now()).toSeconds()));
        life.later(ofMinutes(2), ofMinutes(15));
        return call;
    }

    static void hangsUp(Life life, String call) {
        life.later(ofSeconds(5), ofSeconds(40));
        life.happens(Sources.CONTACT_CENTRE, new ContactEvent.CallEnded(call, true, life.random().nextInt(90, 900)));
    }

    /// @return the promise's id
    static String promises(Life life, Duration within) {
        var promise = life.thing("promise");
        life.happens(Sources.CONTACT_CENTRE, new ContactEvent.PromiseMade(promise, "call-back", life.now().plus(within).atOffset(ZoneOffset.UTC)));
        return promise;
    }

    static void chats(Life life) {
        var chat = life.thing("chat");
        life.happens(Sources.CHAT, new ContactEvent.ChatStarted(chat, concern(life)));
        life.later(ofSeconds(5), ofSeconds(60));
        life.happens(Sources.CHAT, new ContactEvent.ChatMessage(chat, "customer", "I have a question about my " + life.oneOf(TOPICS)));
        life.later(ofSeconds(20), ofMinutes(4));
        life.happens(Sources.CHAT, new ContactEvent.ChatMessage(chat, "agent", "Let me look at that for you"));
        life.later(ofMinutes(1), ofMinutes(9));
        life.happens(Sources.CHAT, new ContactEvent.ChatEnded(chat, life.chance(0.8)));
    }

    static void writes(Life life) {
        var thread = life.thing("thread");
        life.happens(Sources.E_MAIL, new ContactEvent.EmailReceived(thread, concern(life), null));
        life.later(ofHours(1), ofHours(40));
        life.happens(Sources.E_MAIL, new ContactEvent.EmailAnswered(thread, null));
    }

    /// What they get in touch about: nobody has to ask about the same thing again and again while nothing goes wrong.
    private static String concern(Life life) {
        int first = TOPICS.indexOf(life.oneOf(TOPICS));
        return IntStream.range(first, first + TOPICS.size())
                .mapToObj(place -> TOPICS.get(place % TOPICS.size()))
                .filter(life.concerns::add)
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("more contacts than topics"));
    }

    static void moves(Life life) {
        Addresses.change(life, Sources.SELF_SERVICE);
        life.later(ofMinutes(5), ofHours(18));
        Addresses.acknowledge(life);
    }

    static void getsCard(Life life) {
        var card = life.thing("card");
        life.happens(Sources.CARD_DISPATCH, new FulfilmentEvent.CardDispatched(card, life.address, "post"));
        life.later(ofDays(1), ofDays(5));
        life.happens(Sources.CARD_DISPATCH, new FulfilmentEvent.CardDelivered(card));
    }

    static void becomesLead(Life life) {
        var lead = clicks(life);
        life.later(ofHours(1), ofHours(36));
        life.happens(Sources.SALES, new SalesEvent.RepContacted(lead, "phone"));
        life.later(ofMinutes(10), ofDays(2));
        life.happens(Sources.SALES, new SalesEvent.QuoteGiven(lead, life.oneOf(PRODUCTS), amount(life, 10, 90), "phone"));
    }

    /// @return the lead's id
    static String clicks(Life life) {
        var campaign = life.oneOf(List.of("spring", "fibre", "family"));
        life.happens(Sources.WEB, new SalesEvent.AdClicked(campaign));
        life.later(ofSeconds(2), ofSeconds(9));
        life.happens(Sources.WEB, new SalesEvent.LandingPageViewed(campaign, "https://www.example/" + campaign));
        life.later(ofMinutes(1), ofMinutes(8));
        var lead = life.thing("lead");
        life.happens(Sources.WEB, new SalesEvent.LeadCreated(lead, "landing-page"));
        return lead;
    }

    static void claimsWarranty(Life life) {
        var order = claims(life);
        life.later(ofDays(1), ofDays(10));
        life.happens(Sources.CRM, new ProductEvent.WarrantySettled(order, life.oneOf(List.of("repaired", "replaced", "refunded"))));
    }

    /// @return the order's id
    static String claims(Life life) {
        var order = life.thing("order");
        var product = life.oneOf(PRODUCTS);
        life.happens(Sources.SHOP, new ProductEvent.PurchaseMade(order, product, amount(life, 20, 900), "shop"));
        life.later(ofHours(20), ofDays(2));
        life.happens(Sources.CONTACT_CENTRE, new ProductEvent.FaultReported(order, product, life.oneOf(List.of("battery", "display", "no signal"))));
        life.later(ofMinutes(2), ofMinutes(30));
        life.happens(Sources.CONTACT_CENTRE, new ProductEvent.WarrantyClaimed(order, product));
        return order;
    }

    static void isToldOfOutage(Life life) {
        var message = notice(life, life.area);
        life.later(ofMinutes(1), ofHours(3));
        life.happens(Sources.CAMPAIGNS, new MessageEvent.MessageOpened(message));
    }

    /// @return the message's id
    static String notice(Life life, String area) {
        var message = life.thing("message");
        life.happens(Sources.CAMPAIGNS, new MessageEvent.MessageSent(message, "outage", "outage", "sms", "service", area, null));
        return message;
    }

    /// Marketing, to those who agreed and to those who were never asked; the others are let alone.
    static void isCourted(Life life) {
        if (life.marketing.orElse(true)) {
            advertises(life);
            life.later(ofMinutes(5), ofHours(8));
        }
        life.happens(Sources.APP, new WebEvent.PageViewed("app://offers", "Offers", null, null));
    }

    static void advertises(Life life) {
        life.happens(Sources.CAMPAIGNS,
                new MessageEvent.MessageSent(life.thing("message"), "spring", "tariff", "e-mail", "marketing", null, null));
    }

    static void losesPassword(Life life) {
        life.happens(Sources.APP, new ProfileEvent.LoginFailed("password"));
        life.later(ofSeconds(20), ofMinutes(3));
        life.happens(Sources.SELF_SERVICE, new ProfileEvent.PasswordResetRequested());
        life.later(ofMinutes(1), ofMinutes(10));
        life.happens(Sources.SELF_SERVICE, new ProfileEvent.PasswordResetCompleted());
    }

    static void isSurveyed(Life life) {
        life.happens(Sources.E_MAIL, new ExperienceEvent.SurveyAnswered("nps", life.random().nextInt(11), null, null));
    }

    private static Money amount(Life life, int least, int most) {
        return new Money(life.random().nextInt(least, most) * 100L + 99, POUND);
    }
}
