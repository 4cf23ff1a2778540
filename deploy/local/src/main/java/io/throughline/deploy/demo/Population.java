package io.throughline.deploy.demo;

import static java.time.Duration.ofDays;
import static java.time.Duration.ofHours;
import static java.time.Duration.ofMinutes;

import io.throughline.events.catalogue.ContactEvent.PromiseMade;
import io.throughline.events.catalogue.FulfilmentEvent.ServiceAreaAssigned;
import io.throughline.events.catalogue.FulfilmentEvent.ShipmentDispatched;
import io.throughline.events.catalogue.ProfileEvent.ConsentChanged;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// Made-up customers over the sixty days before `day`: a pure function of its three parts.
///
/// Each customer is made from the seed and a number alone, so they can be streamed, and the first hundred are the same
/// however many are asked for. Identities and ids name seed and day: another day's demo is about other people.
public record Population(long seed, LocalDate day, int size) {
    private static final double FAULTY = 0.12;
    private static final double OWED = 0.15;

    public Stream<Customer> customers() {
        return IntStream.range(0, size).mapToObj(this::customer);
    }

    private Customer customer(int number) {
        var random = new SplittableRandom(seed * 1_000_003 + number);
        var name = "demo-%d-%s-%d".formatted(seed, day.format(DateTimeFormatter.BASIC_ISO_DATE), number);
        var life = new Life(name, random, start().minus(ofDays(60)));
        register(life);
        var scenes = random.nextInt(2, 5);
        if (life.chance(FAULTY)) {
            life.later(ofHours(8), ofDays(6));
            Faults.plant(Fault.values()[number % Fault.values().length], life);
            scenes--;
        }
        live(life, scenes);
        leaveOwed(life);
        return life.customer();
    }

    private static void register(Life life) {
        life.later(ofHours(1), ofDays(5));
        Addresses.change(life, Sources.CRM);
        life.later(ofMinutes(5), ofHours(10));
        Addresses.acknowledge(life);
        life.area = life.oneOf(Scenes.AREAS);
        life.happens(Sources.NETWORK, new ServiceAreaAssigned(life.area));
        if (life.chance(0.6)) {
            life.later(ofMinutes(2), ofHours(3));
            life.marketing = Optional.of(life.chance(0.7));
            life.happens(Sources.SELF_SERVICE, new ConsentChanged("marketing", life.marketing.get()));
        }
    }

    /// Plays ordinary scenes as long as the longest one would be over before the day begins.
    private void live(Life life, int scenes) {
        for (int i = 0; i < scenes && life.later(ofHours(8), ofDays(9)).isBefore(start().minus(Scenes.LONGEST)); i++) {
            life.oneOf(Scenes.ORDINARY).play(life);
        }
    }

    /// Something that is still owed and in time for days to come: not a fault.
    private void leaveOwed(Life life) {
        var recently = start().minus(ofDays(3));
        if (life.now().isAfter(recently) || !life.chance(OWED)) {
            return;
        }
        life.passTo(recently.plusSeconds(life.random().nextInt(86_400)));
        if (life.chance(0.5)) {
            life.happens(Sources.FULFILMENT, new ShipmentDispatched(life.thing("order"), life.address));
        } else {
            life.happens(Sources.CONTACT_CENTRE, new PromiseMade(life.thing("promise"), "call-back", start().plus(ofDays(5)).atOffset(ZoneOffset.UTC)));
        }
    }

    private Instant start() {
        return day.atStartOfDay(ZoneOffset.UTC).toInstant();
    }
}
