using System.Text.RegularExpressions;

namespace HaoSuan.Invoices;

/// <summary>An invoice as it is asked for, cleaned: what is typed comes with blanks and full-width digits.</summary>
/// <param name="TaxNumber">Null of a person.</param>
/// <param name="To">An e-mail address, or for the post: recipient, phone and address, a line each.</param>
internal sealed partial record BuyerForm(InvoiceKind Kind, bool IsCompany, string Title, string? TaxNumber, InvoiceDelivery Delivery, string To)
{
    private const int LongestTitle = 100;
    private const int LongestEmail = 100;
    private const int LongestAddress = 200;

    /// <summary>The form, or everything that is wrong with it, each on its field.</summary>
    public static Result<BuyerForm> Read(InvoiceForm form)
    {
        List<Refusal> faults = [];
        var isCompany = form.Buyer == "company";
        var (title, number) = ((form.Title ?? "").Trim(), TypedText.Compact(form.TaxNumber).ToUpperInvariant());
        var kind = form.Kind == "special" ? InvoiceKind.Special : InvoiceKind.Ordinary;
        if (form.Kind is not ("ordinary" or "special")) faults.Add(new Refusal("invoices.kind").On(nameof(form.Kind)));
        if (form.Buyer is not ("person" or "company")) faults.Add(new Refusal("invoices.buyer").On(nameof(form.Buyer)));
        if (kind == InvoiceKind.Special && !isCompany) faults.Add(new Refusal("invoices.special_for_companies").On(nameof(form.Kind)));
        if (!IsPrintable(title, LongestTitle)) faults.Add(new Refusal("invoices.title", LongestTitle).On(nameof(form.Title)));
        if (isCompany && !IsTaxNumber(number)) faults.Add(new Refusal("invoices.tax_number").On(nameof(form.TaxNumber)));
        var delivery = form.Delivery == "post" ? InvoiceDelivery.Post : InvoiceDelivery.Mail;
        if (form.Delivery is not ("mail" or "post")) faults.Add(new Refusal("invoices.delivery").On(nameof(form.Delivery)));
        var to = delivery == InvoiceDelivery.Post ? Post(form, faults) : Mail(form.Email, faults);
        return faults.Count > 0 ? faults : new BuyerForm(kind, isCompany, title, isCompany ? number : null, delivery, to);
    }

    /// <summary>An e-mail address as it was typed; where it is none, it says so.</summary>
    public static string Mail(string? typed, List<Refusal> faults)
    {
        var email = TypedText.Narrow(typed).Trim();
        if (email.Length > LongestEmail || !Email().IsMatch(email)) faults.Add(new Refusal("invoices.email").On(nameof(InvoiceForm.Email)));
        return email;
    }

    /// <summary>A code of 18 checks itself; numbers of before have 15 to 20 characters.</summary>
    public static bool IsTaxNumber(string text) =>
        text.Length is >= 15 and <= 20 && text.All(char.IsAsciiLetterOrDigit) && (text.Length != 18 || CreditCode.IsValid(text));

    /// <summary>Whether it can stand on paper and in XML: there is something, not too long, and no character that neither can hold.</summary>
    public static bool IsPrintable(string text, int longest) =>
        text.Length > 0 && text.Length <= longest && !text.Any(c => char.IsControl(c) || c is '\uFFFE' or '\uFFFF');

    private static string Post(InvoiceForm form, List<Refusal> faults)
    {
        var (recipient, phone, address) = ((form.Recipient ?? "").Trim(), TypedText.Phone(form.Phone), (form.Address ?? "").Trim());
        if (recipient.Length is 0 or > 40) faults.Add(new Refusal("invoices.recipient").On(nameof(form.Recipient)));
        if (!Mobile().IsMatch(phone)) faults.Add(new Refusal("invoices.phone").On(nameof(form.Phone)));
        if (address.Length is < 8 or > LongestAddress) faults.Add(new Refusal("invoices.address", LongestAddress).On(nameof(form.Address)));
        return $"{recipient}\n{phone}\n{address}";
    }

    [GeneratedRegex(@"^[A-Za-z0-9._%+'-]+@[A-Za-z0-9](?:[A-Za-z0-9.-]*[A-Za-z0-9])?\.[A-Za-z]{2,}$")]
    private static partial Regex Email();

    [GeneratedRegex(@"^1\d{10}$")]
    private static partial Regex Mobile();
}
