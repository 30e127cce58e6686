using HaoSuan.Payments.Channels;
using Microsoft.AspNetCore.Http;

namespace HaoSuan.Orders;

/// <summary>Whose shop a consumer is in.</summary>
/// <param name="Shop">The operator's name.</param>
/// <param name="IsClosed">Nothing can be ordered here for the time being.</param>
public sealed record ShopVisit(string Invite, string Shop, DistributorId Seller, string SellerName, bool IsClosed);

/// <summary>A part of every shop that a module above brings, linked below the cards.</summary>
/// <param name="Path">Under the shop's own address, like <c>/devices</c>.</param>
/// <param name="IsOpen">Whether there is something to be had, asked with the services of the request.</param>
public sealed record ShopSection(string Title, string Path, Func<IServiceProvider, CancellationToken, Task<bool>> IsOpen);

/// <summary>Something in a shop that is paid through a channel.</summary>
/// <param name="Id">What is paid, as <see cref="Payments.PaymentRequest"/> names it.</param>
/// <param name="Description">What the channel shows; no personal data.</param>
/// <param name="Status">The page to which the consumer comes back.</param>
public sealed record Payable(Payments.PaymentFor For, OrderId Id, string No, Money Amount, string Description, string Status)
{
    /// <summary>Where WeChat sends a browser back that it has told who pays.</summary>
    public string Recognised { get; init; } = $"{Status}/pay/wechat";
}

/// <summary>What a consumer's browser tells of itself.</summary>
public static class ShopBrowser
{
    extension(HttpContext http)
    {
        /// <summary>Where this consumer stands.</summary>
        public PayFace Face => Says(http, "MicroMessenger") ? PayFace.InWeChat : Says(http, "Mobile") ? PayFace.Phone : PayFace.Desktop;
    }

    private static bool Says(HttpContext http, string word) =>
        http.Request.Headers.UserAgent.ToString().Contains(word, StringComparison.OrdinalIgnoreCase);
}
