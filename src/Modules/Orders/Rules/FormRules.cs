using System.Text.RegularExpressions;
using HaoSuan.Catalog;

namespace HaoSuan.Orders;

/// <summary>What has to be filled in for a product.</summary>
internal readonly record struct Terms(bool PicksNumber, bool IsPaid);

/// <summary>Everything that can be wrong with how a form is filled in, each on its field and all at once. Who may order is no matter of it.</summary>
internal static partial class FormRules
{
    public static readonly IReadOnlyList<string> Channels = ["wechat", "wechat-qr", "alipay", "alipay-qr"];

    public static IReadOnlyList<Refusal> Faults(CleanForm form, Terms terms, DateOnly today) =>
    [
        .. On(nameof(OrderForm.Number), terms.PicksNumber && form.Number is null ? new("orders.number_required") : null),
        .. On(nameof(OrderForm.Name), Name(form.Name)),
        .. On(nameof(OrderForm.IdNumber), Holder(form.IdNumber, today)),
        .. On(nameof(OrderForm.Phone), IsPhone(form.Phone) ? null : new("orders.phone")),
        .. On(nameof(OrderForm.Province), Provinces.NameOf(form.Province) is null ? new("orders.province_required") : null),
        .. On(nameof(OrderForm.City), form.City.Length is >= 2 and <= 30 ? null : new("orders.city")),
        .. On(nameof(OrderForm.District), form.District.Length <= 30 ? null : new("orders.district")),
        .. On(nameof(OrderForm.Address), Address(form)),
        .. On(nameof(OrderForm.Channel), terms.IsPaid && !Channels.Contains(form.Channel) ? new("orders.channel_required") : null),
        .. On(nameof(OrderForm.Consent), form.Consents ? null : new("orders.consent_required")),
    ];

    public static bool IsPhone(string text) => Phone().IsMatch(text);

    private static Refusal[] On(string field, Refusal? fault) => fault is null ? [] : [fault.On(field)];

    private static Refusal? Name(string name) => name.Length == 0
        ? new("orders.name_required")
        : PersonName().IsMatch(name) ? null : new("orders.name");

    private static Refusal? Holder(string text, DateOnly today)
    {
        if (text.Length == 0) return new("orders.id_number_required");
        if (!IdNumber.Read(text).TryGet(out var id, out var refusals)) return refusals[0];
        return id.Born > today ? new("orders.id_number_birth") : null;
    }

    private static Refusal? Address(CleanForm form)
    {
        if (form.Address.Length < 6) return new("orders.address_short");
        if (form.Address.Length > 100) return new("orders.address_long");
        if (!form.Address.Any(char.IsLetter)) return new("orders.address_no_place");
        return Repeats(form) ? new("orders.address_repeats") : null;
    }

    // Couriers' systems put province and city in front: an address that names them again is refused by carriers. Elsewhere in
    // it the short name may be a street's: 北京路 is in Guangzhou.
    private static bool Repeats(CleanForm form)
    {
        if (Provinces.NameOf(form.Province) is not { } name) return false;
        return form.Address.Contains(name, StringComparison.Ordinal)
            || form.Address.StartsWith(Provinces.ShortNameOf(name) + "省", StringComparison.Ordinal)
            || form.Address.StartsWith(Provinces.ShortNameOf(name) + "市", StringComparison.Ordinal)
            || (form.City.Length >= 2 && form.Address.StartsWith(form.City, StringComparison.Ordinal));
    }

    [GeneratedRegex(@"^\p{Lo}(?:[\p{Lo}·]{0,28}\p{Lo})$")]
    private static partial Regex PersonName();

    [GeneratedRegex("^1[3-9][0-9]{9}$")]
    private static partial Regex Phone();
}
