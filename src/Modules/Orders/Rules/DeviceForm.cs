using System.Globalization;
using System.Security.Cryptography;

namespace HaoSuan.Orders;

/// <summary>What is asked besides of whoever buys cards for devices.</summary>
/// <param name="Quantity">-1 where it cannot be read.</param>
internal sealed record DeviceForm(int Quantity, string? Company, string? CreditCode, string Use, bool NoResale)
{
    public const int MostCards = 50;

    public static DeviceForm Of(OrderForm form) => new(
        int.TryParse(TypedText.Compact(form.Quantity), NumberStyles.None, CultureInfo.InvariantCulture, out var quantity) ? quantity : -1,
        Null((form.Company ?? "").Trim()), Null(TypedText.Compact(form.CreditCode).ToUpperInvariant()), (form.Use ?? "").Trim(), form.NoResale == "true");

    public IEnumerable<Refusal> Faults(bool isPaid)
    {
        if (Quantity is < 1 or > MostCards) yield return new Refusal("orders.quantity", MostCards).On(nameof(OrderForm.Quantity));
        // A payment belongs to one order, from the ledger to the refund: what is paid when ordering is bought card by card.
        else if (isPaid && Quantity > 1) yield return new Refusal("orders.quantity_paid").On(nameof(OrderForm.Quantity));
        if (Company?.Length > 100) yield return new Refusal("orders.company_long", 100).On(nameof(OrderForm.Company));
        if (Company is not null && !HaoSuan.Kernel.CreditCode.IsValid(CreditCode ?? ""))
            yield return new Refusal("orders.credit_code").On(nameof(OrderForm.CreditCode));
        if (Company is null && CreditCode is not null) yield return new Refusal("orders.company_missing").On(nameof(OrderForm.Company));
        if (Use.Length is < 10 or > 200) yield return new Refusal("orders.use", 10, 200).On(nameof(OrderForm.Use));
        if (!NoResale) yield return new Refusal("orders.no_resale").On(nameof(OrderForm.NoResale));
    }

    /// <summary>Its own name, which nobody guesses.</summary>
    public static string NewName() => $"{new Guid(RandomNumberGenerator.GetBytes(16))}";

    private static string? Null(string text) => text.Length == 0 ? null : text;
}
