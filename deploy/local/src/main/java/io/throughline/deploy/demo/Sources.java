package io.throughline.deploy.demo;

import java.util.List;

/// The channels and systems that the demo speaks for; each has a key of its own in the local stack.
final class Sources {
    static final String SELF_SERVICE = "/channels/self-service";
    static final String WEB = "/channels/web";
    static final String APP = "/channels/app";
    static final String CONTACT_CENTRE = "/channels/contact-centre";
    static final String IVR = "/channels/ivr";
    static final String CHAT = "/channels/chat";
    static final String E_MAIL = "/channels/e-mail";
    static final String SHOP = "/channels/shop";
    static final String CRM = "/systems/crm";
    static final String CARD_DISPATCH = "/systems/card-dispatch";
    static final String CAMPAIGNS = "/systems/campaigns";
    static final String NETWORK = "/systems/network";
    static final String FULFILMENT = "/systems/fulfilment";
    static final String SALES = "/systems/sales";

    /// All of them; those that acknowledge, settle or set what others rely on come first.
    static final List<String> ANSWERS_FIRST = List.of(CARD_DISPATCH, FULFILMENT, SELF_SERVICE, CRM, SALES, NETWORK,
            WEB, APP, CONTACT_CENTRE, IVR, CHAT, E_MAIL, SHOP, CAMPAIGNS);

    private Sources() {}
}
