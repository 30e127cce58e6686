create trigger upstream_stray_append_only before update or delete on upstream_stray for each statement execute function refuse_change();
