namespace HaoSuan.Orders;

/// <summary>A consumer who has shown that a phone is his: what finds his orders, and nothing of the phone itself.</summary>
public sealed record Tracker(byte[] PhoneHash);

/// <summary>An order of his.</summary>
/// <param name="Token">What its page is found by.</param>
public sealed record TrackedOrder(string Token, OrderDetail Detail, IReadOnlyList<AfterSale> AfterSales);

/// <summary>A page for a consumer who has shown his phone, which a module above brings, linked beside his orders.</summary>
/// <param name="Path">Under the shop's own address, like <c>/statement</c>. It sends whoever has shown nothing to where he does.</param>
public sealed record TrackSection(string Title, string Path);

/// <summary>Somebody has asked for a code.</summary>
public sealed record TrackCodeAsked(string Token) : IEvent;
