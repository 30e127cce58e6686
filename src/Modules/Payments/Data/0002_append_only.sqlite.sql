create trigger voucher_no_update before update on voucher begin select raise(abort, 'voucher is append-only'); end;
create trigger voucher_no_delete before delete on voucher begin select raise(abort, 'voucher is append-only'); end;
