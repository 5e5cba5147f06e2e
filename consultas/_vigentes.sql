-- Las codificaciones de enunciados que rigen, de quien sean. Sin los ficticios, solo si
-- el enunciado ya se cuenta y es real.
-- El lector lo pone delante de quien lea de `vigentes`.
with vigentes as (
    select c.*
    from codificaciones as c
    where
        c.enunciado_id not in (select r.enunciado_id from retirados as r)
        and (
            :solo_reales is null
            or c.enunciado_id in (
                select e.enunciado_id
                from lectura_enunciados as e
                where not e.es_ficticio
            )
        )
)
