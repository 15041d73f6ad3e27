def test_x(cast, sign_in):
    c = sign_in(cast.athena)
    r = c.get(f"/relationships/{cast.relationship.pk}/")
    assert r.status_code == 200, r.content
    assert "Athena and Telemachus" in r.content.decode()
