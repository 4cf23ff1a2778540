package io.throughline.deploy.demo;

import io.throughline.events.catalogue.PostalAddress;
import io.throughline.events.catalogue.ProfileEvent.AddressChanged;
import io.throughline.events.catalogue.ProfileEvent.AddressPropagated;
import java.util.List;

/// Where customers live, and who learns of it.
final class Addresses {
    private static final List<String> STREETS = List.of("Mill Lane", "Harbour View", "Station Road", "Church Street", "Victoria Terrace", "Park Avenue");
    private static final List<String> TOWNS = List.of("Leeds", "Bristol", "Edinburgh", "Cardiff", "Swindon", "Newcastle", "Belfast", "Oxford");

    private Addresses() {}

    /// The customer lives elsewhere from now on, and says so to `source`. The number of the house counts up, so that no
    /// two addresses of one customer are the same.
    static void change(Life life, String source) {
        life.addressVersion++;
        var house = life.addressVersion * 100 + life.random().nextInt(100);
        var town = life.random().nextInt(TOWNS.size());
        life.address = new PostalAddress(List.of(house + " " + life.oneOf(STREETS)),
                Scenes.AREAS.get(town) + life.random().nextInt(1, 20) + " " + life.random().nextInt(1, 9) + "AB", TOWNS.get(town), "GB");
        life.happens(source, new AddressChanged("home", "postal", life.address, life.addressVersion));
    }

    /// Card dispatch has learned the address.
    static void acknowledge(Life life) {
        life.happens(Sources.CARD_DISPATCH, new AddressPropagated("home", life.addressVersion, "card-dispatch"));
    }
}
