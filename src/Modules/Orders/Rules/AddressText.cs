using HaoSuan.Catalog;

namespace HaoSuan.Orders;

/// <summary>An address as it is compared, and as the vault keeps it: province, city, district and the rest, a line for each.</summary>
internal static class AddressText
{
    public static string Write(CleanForm form) => string.Join('\n', Provinces.NameOf(form.Province), form.City, form.District, form.Address);

    /// <summary>
    /// What two ways of writing one address have in common: letters and digits, in plain width, and the places' names without their kinds. Who leaves
    /// the district out has written another address.
    /// </summary>
    public static string Key(string address) =>
        PlaceNames.WithoutKinds(string.Concat(TypedText.Narrow(address).Where(char.IsLetterOrDigit))).ToUpperInvariant();

    public static (string Province, string City, string District, string Street) Read(string text) =>
        text.Split('\n') is [var province, var city, var district, var street] ? (province, city, district, street) : ("", "", "", text);
}
