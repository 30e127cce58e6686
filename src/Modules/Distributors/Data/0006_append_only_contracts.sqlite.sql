create trigger distributor_contract_no_update before update on distributor_contract begin select raise(abort, 'distributor_contract is append-only'); end;
create trigger distributor_contract_no_delete before delete on distributor_contract begin select raise(abort, 'distributor_contract is append-only'); end;
