create trigger tax_correction_no_update before update on tax_correction begin select raise(abort, 'tax_correction is append-only'); end;
create trigger tax_correction_no_delete before delete on tax_correction begin select raise(abort, 'tax_correction is append-only'); end;
