namespace HaoSuan.Invoices;

/// <summary>An invoice as it is handed to whoever issues it, in clear.</summary>
/// <param name="Id">By which the issuer knows it: handed over twice, it is issued once.</param>
/// <param name="RedOf">Of a red one: the number of the blue one.</param>
/// <param name="ConfirmationNo">Of a red one: the number of its confirmation (红字发票信息确认单).</param>
public sealed record InvoiceToIssue(
    InvoiceId Id, InvoiceKind Kind, InvoiceParty Seller, string Drawer, InvoiceParty Buyer, IReadOnlyList<InvoiceLine> Lines, string Remark,
    string? RedOf, string? ConfirmationNo)
{
    /// <summary>Personal data is not written anywhere by mistake.</summary>
    public override string ToString() => $"Invoice {Id.Value}";
}

/// <param name="TaxNumber">Null of a person.</param>
public sealed record InvoiceParty(string Name, string? TaxNumber)
{
    /// <summary>Personal data is not written anywhere by mistake.</summary>
    public override string ToString() => "Party";
}

/// <param name="Format">pdf, xml or ofd.</param>
public sealed record InvoiceFile(string Format, byte[] Content);

/// <summary>What an issuer says.</summary>
public abstract record IssueAnswer
{
    private IssueAnswer() { }

    public sealed record Issued(string Number, Instant At, IReadOnlyList<InvoiceFile> Files) : IssueAnswer;

    /// <summary>Not yet, or it does not say: it is asked again under the same id.</summary>
    /// <param name="Fault">Why it will go on so until somebody mends the account; null where waiting may be enough.</param>
    public sealed record Pending(string? Fault = null) : IssueAnswer;

    /// <param name="Why">In its own words, without personal data; shown to the office.</param>
    public sealed record Refused(string Why) : IssueAnswer;
}

/// <summary>Whoever issues invoices. The host adds a platform where it has an account; without one our own documents are made.</summary>
public interface IInvoiceIssuer
{
    /// <summary>By which invoices remember who has issued them.</summary>
    string Name { get; }

    /// <summary>Issues it, or tells how it stands: however often it is called with the same id, there is one invoice.</summary>
    Task<IssueAnswer> IssueAsync(InvoiceToIssue invoice, CancellationToken cancel);
}
