create trigger invoice_number_no_update before update on invoice_number begin select raise(abort, 'invoice_number is append-only'); end;
create trigger invoice_number_no_delete before delete on invoice_number begin select raise(abort, 'invoice_number is append-only'); end;
create trigger invoice_document_no_update before update on invoice_document begin select raise(abort, 'invoice_document is append-only'); end;
create trigger invoice_document_no_delete before delete on invoice_document begin select raise(abort, 'invoice_document is append-only'); end;
