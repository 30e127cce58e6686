create trigger upstream_event_append_only before update or delete on upstream_event for each statement execute function refuse_change();
