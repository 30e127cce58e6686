using HaoSuan.Notifications;

namespace HaoSuan.Invoices;

/// <summary>An invoice (发票), blue or red.</summary>
public readonly record struct InvoiceId(Guid Value) : IId<InvoiceId>
{
    public static InvoiceId From(Guid value) => new(value);
}

public enum InvoiceKind
{
    /// <summary>普通发票.</summary>
    Ordinary,

    /// <summary>专用发票: its buyer, a company, deducts the tax.</summary>
    Special,
}

/// <summary>For what is invoiced. Each has a rate of its own.</summary>
public enum InvoiceItem
{
    CardFee,
    NumberSupplement,

    /// <summary>Months of a lease, and what is paid besides for them: a late fee, the months that are missing to the shortest term.</summary>
    LeaseFee,

    /// <summary>A leased device that was bought, or paid for because it is lost.</summary>
    DeviceSale,
}

/// <summary>How far an invoice has come: docs/invoices.md.</summary>
public enum InvoiceState
{
    /// <summary>Of a red one: the buyer has booked the blue one and has to confirm within 72 hours.</summary>
    Confirming,

    /// <summary>With the issuer.</summary>
    Issuing,
    Issued,

    /// <summary>The issuer has said no: the office mends it and tries again, or declines it.</summary>
    Refused,

    /// <summary>Nothing will come of it: called off by the office, or the buyer does not agree to the red one.</summary>
    Declined,

    /// <summary>Of a red one: nobody has confirmed it in time.</summary>
    Lapsed,
}

public enum InvoiceDelivery
{
    Mail,
    Post,
}

/// <summary>An amount of an item, tax included.</summary>
public sealed record InvoiceAmount(InvoiceItem Item, Money Gross);

/// <summary>A line of an invoice. Of a red one it is negative.</summary>
/// <param name="Name">With the short name of its class, like *电信服务*号卡.</param>
/// <param name="ClassCode">Of the tax classification (税收分类编码): 19 digits.</param>
public sealed record InvoiceLine(InvoiceItem Item, string Name, string ClassCode, Money Net, Bps Rate, Money Tax)
{
    public Money Gross => Net + Tax;
}

/// <summary>An invoice as it is asked for, as it was typed. Its fields' names are those of the page.</summary>
public sealed record InvoiceForm
{
    /// <summary>ordinary or special.</summary>
    public string? Kind { get; init; }

    /// <summary>person or company.</summary>
    public string? Buyer { get; init; }

    public string? Title { get; init; }
    public string? TaxNumber { get; init; }

    /// <summary>mail or post.</summary>
    public string? Delivery { get; init; }

    public string? Email { get; init; }
    public string? Recipient { get; init; }
    public string? Phone { get; init; }
    public string? Address { get; init; }

    /// <summary>As the form is before anybody has typed.</summary>
    public static InvoiceForm Empty => new() { Kind = "ordinary", Buyer = "person", Delivery = "mail" };

    /// <summary>Personal data is not written anywhere by mistake.</summary>
    public override string ToString() => "Invoice form";
}

/// <summary>An invoice as a list shows it.</summary>
/// <param name="Title">Masked where it is a person's name.</param>
/// <param name="RedOf">Of a red one: which it takes back.</param>
/// <param name="Recipient">Masked; of what goes by post nothing.</param>
/// <param name="ConfirmBy">Of a red one that is to be confirmed: when it lapses.</param>
/// <param name="Fault">What the issuer said no with, or will not answer for.</param>
/// <param name="Parcel">Courier and number, where it went by post.</param>
/// <param name="Mail">How the mail stands that it went by.</param>
/// <param name="BookedAt">When the buyer is known to have booked it (入账).</param>
public sealed record InvoiceView(
    InvoiceId Id, SaleKey Sale, string SaleNo, int Step, InvoiceId? RedOf, InvoiceKind Kind, InvoiceState State, string Title, string? TaxNumber,
    IReadOnlyList<InvoiceLine> Lines, Money Net, Money Tax, InvoiceDelivery Delivery, string Recipient, string Reason, string? Number, string? ConfirmationNo,
    Instant AskedAt, Instant? ConfirmBy, Instant? IssuedAt, Instant? BookedAt, string? Fault, string? Parcel, MailView? Mail)
{
    public Money Gross => Net + Tax;

    public bool IsRed => RedOf is not null;
}

/// <summary>Which invoices a list shows.</summary>
/// <param name="Text">The number of an invoice or a sale, in full.</param>
/// <param name="ToPost">Only what waits to be sent by post.</param>
public sealed record InvoiceFilter(InvoiceState? State = null, string? Text = null, bool ToPost = false);

/// <summary>A rate of an item that holds from a day on.</summary>
/// <param name="ClassCode">Of the tax classification: 19 digits.</param>
/// <param name="ShortName">Of the class, as it stands between the stars.</param>
public sealed record ItemRate(InvoiceItem Item, DateOnly From, Bps Rate, string ClassCode, string ShortName, string Name);

/// <summary>A rate as it was typed.</summary>
public sealed record RateForm(string? Item, string? From, string? Rate, string? ClassCode, string? ShortName, string? Name);

/// <summary>Who issues (销售方).</summary>
/// <param name="Drawer">Who signs for it (开票人), masked.</param>
public sealed record InvoiceSeller(string Name, string TaxNumber, string Drawer);

/// <summary>The seller as it was typed.</summary>
public sealed record SellerForm(string? SellerName, string? SellerTaxNumber, string? Drawer)
{
    /// <summary>Personal data is not written anywhere by mistake.</summary>
    public override string ToString() => "Seller form";
}

/// <summary>An invoice, blue or red, is to be issued.</summary>
public sealed record InvoiceAsked(InvoiceId Id) : IEvent;

/// <summary>An invoice was issued.</summary>
public sealed record InvoiceIssued(InvoiceId Id, string Source, Guid SaleId) : IEvent;
