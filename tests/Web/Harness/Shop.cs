using HaoSuan.Catalog;
using HaoSuan.Distributors;
using HaoSuan.Inventory;
using HaoSuan.Settling;

namespace HaoSuan.Tests.Web;

/// <summary>A distributor's shop with one product, made by the product's own use cases. Each test has its own.</summary>
public sealed record Shop(string Invite, string Code, ProductId Product, DistributorId Seller)
{
    private static int _shops;

    public static string IdNumber(int person)
    {
        var digits = $"44010619900307{person:000}";
        return digits + HaoSuan.Orders.IdNumber.CheckOf(digits);
    }

    public string Home => $"/s/{Invite}";

    public string Page => $"/s/{Invite}/{Code}";

    public static Task<Shop> OpenAsync(App app, Money price = default, params string[] numbers) =>
        app.With<IServiceProvider, Shop>(async services =>
        {
            var number = Interlocked.Increment(ref _shops);
            var upstream = (await Get<AddUpstream>(services).RunAsync(new($"up{number}", $"上游 {number}", "hao172"))).Value;
            var asked = new NewProduct($"GD{number}", upstream, Carrier.Telecom, $"星卡 {number}", "29 元/月 155G", price) { PicksNumber = numbers.Length > 0 };
            var product = (await Get<AddProduct>(services).RunAsync(asked)).Value;
            _ = (await Get<PublishScheme>(services).RunAsync(product, """
                {"stages":[{"key":"first","name":"激活","upstream":"120.00","when":[{"fact":"activated"}],"release":{"mode":"days","days":7}}]}
                """)).Value;
            var seller = (await Get<AddDistributor>(services).RunAsync(new($"D{number}", $"{number} 号数码店"))).Value;
            _ = (await Get<SetRate>(services).RunAsync(new(seller, product, "first", Rate.Amount(new(80_00))))).Value;
            if (numbers.Length > 0) _ = (await Get<ImportNumbers>(services).RunAsync(product, string.Join('\n', numbers))).Value;
            var invitation = (await Get<CreateInvitation>(services).RunAsync(seller)).Value;
            return new Shop(invitation.Code, asked.Code, product, seller);
        });

    /// <summary>A form without fault for that person.</summary>
    public static (string, string)[] Form(int person = 1) =>
    [
        ("Name", "张三丰"), ("IdNumber", IdNumber(person)), ("Phone", "13800138000"), ("Province", "44"), ("City", "广州市"), ("District", "天河区"),
        ("Address", "中山大道 18 号"), ("Consent", "true"),
    ];

    private static T Get<T>(IServiceProvider services) where T : notnull => services.GetRequiredService<T>();
}
