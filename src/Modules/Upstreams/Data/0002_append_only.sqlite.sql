create trigger upstream_event_no_update before update on upstream_event begin select raise(abort, 'upstream_event is append-only'); end;
create trigger upstream_event_no_delete before delete on upstream_event begin select raise(abort, 'upstream_event is append-only'); end;
