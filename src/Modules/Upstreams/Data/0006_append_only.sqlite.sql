create trigger upstream_stray_no_update before update on upstream_stray begin select raise(abort, 'upstream_stray is append-only'); end;
create trigger upstream_stray_no_delete before delete on upstream_stray begin select raise(abort, 'upstream_stray is append-only'); end;
