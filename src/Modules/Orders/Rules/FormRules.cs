using System.Text.RegularExpressions;

namespace HaoSuan.Orders;

/// <summary>What a product demands of its buyer, as far as the form alone tells.</summary>
internal sealed record Terms(
    int MinAge, int MaxAge, IReadOnlyList<string> ExcludedProvinces, bool PicksNumber, bool IsPaid);

/// <summary>Everything that can be wrong with a form, each on its field and all at once.</summary>
internal static partial class FormRules
{
    public static readonly IReadOnlyList<string> Channels = ["wechat", "alipay"];

    public static IReadOnlyList<Refusal> Faults(CleanForm form, Terms terms, DateOnly today) =>
    [
        .. On(nameof(OrderForm.Number), terms.PicksNumber && form.Number is null ? new("orders.number_required") : null),
        .. On(nameof(OrderForm.Name), Name(form.Name)),
        .. On(nameof(OrderForm.IdNumber), Holder(form.IdNumber, terms, today)),
        .. On(nameof(OrderForm.Phone), IsPhone(form.Phone) ? null : new("orders.phone")),
        .. On(nameof(OrderForm.Province), Province(form.Province, terms)),
        .. On(nameof(OrderForm.City), form.City.Length is >= 2 and <= 30 ? null : new("orders.city")),
        .. On(nameof(OrderForm.District), form.District.Length <= 30 ? null : new("orders.district")),
        .. On(nameof(OrderForm.Address), Address(form)),
        .. On(nameof(OrderForm.Channel), terms.IsPaid && !Channels.Contains(form.Channel) ? new("orders.channel_required") : null),
        .. On(nameof(OrderForm.Consent), form.Consents ? null : new("orders.consent_required")),
    ];

    public static bool IsPhone(string phone) => Phone().IsMatch(phone);

    private static Refusal[] On(string field, Refusal? fault) => fault is null ? [] : [fault.On(field)];

    private static Refusal? Name(string name) => name.Length == 0
        ? new("orders.name_required")
        : PersonName().IsMatch(name) ? null : new("orders.name");

    private static Refusal? Holder(string text, Terms terms, DateOnly today)
    {
        if (text.Length == 0) return new("orders.id_number_required");
        if (!IdNumber.Read(text).TryGet(out var id, out var refusals)) return refusals[0];
        if (id.Born > today) return new("orders.id_number_birth");
        if (id.AgeOn(today) < terms.MinAge || id.AgeOn(today) > terms.MaxAge) return new("orders.age", terms.MinAge, terms.MaxAge);
        return terms.ExcludedProvinces.Contains(id.Province) ? new("orders.id_region_excluded", Provinces.NameOf(id.Province)!) : null;
    }

    private static Refusal? Province(string code, Terms terms) => Provinces.NameOf(code) switch
    {
        null => new("orders.province_required"),
        { } name when terms.ExcludedProvinces.Contains(code) => new("orders.region_excluded", name),
        _ => null,
    };

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
