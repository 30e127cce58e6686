create trigger distributor_acceptance_no_update before update on distributor_acceptance begin select raise(abort, 'distributor_acceptance is append-only'); end;
create trigger distributor_acceptance_no_delete before delete on distributor_acceptance begin select raise(abort, 'distributor_acceptance is append-only'); end;
