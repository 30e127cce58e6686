create trigger recon_template_no_update before update on recon_template begin select raise(abort, 'recon_template is append-only'); end;
create trigger recon_template_no_delete before delete on recon_template begin select raise(abort, 'recon_template is append-only'); end;
create trigger recon_row_no_update before update on recon_row begin select raise(abort, 'recon_row is append-only'); end;
create trigger recon_row_no_delete before delete on recon_row begin select raise(abort, 'recon_row is append-only'); end;
create trigger recon_decision_no_update before update on recon_decision begin select raise(abort, 'recon_decision is append-only'); end;
create trigger recon_decision_no_delete before delete on recon_decision begin select raise(abort, 'recon_decision is append-only'); end;
