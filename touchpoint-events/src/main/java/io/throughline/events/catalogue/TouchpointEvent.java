package io.throughline.events.catalogue;

/// What happened between one customer and the company: the `data` of an event, typed.
///
/// The families are the catalogue that the shipped rules and reports understand. A channel may send types of its own:
/// they, and events of a known name whose data does not fit, are kept whole as [GenericTouchpoint].
public sealed interface TouchpointEvent
        permits ProfileEvent, WebEvent, ContactEvent, MessageEvent, FulfilmentEvent, ProductEvent, SalesEvent, ExperienceEvent, IdentityEvent,
        OperationsEvent, GenericTouchpoint {}
