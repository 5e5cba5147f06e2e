-- ¿Qué códigos se cuentan de cada enunciado, y quién los puso? Una fila por enunciado
-- de la selección. `leyo_instrumentos` es falso si su lectura viene de una carga y
-- nadie la abrió después: al cargar no se preguntan instrumentos.
with contadas as (
    select
        enunciado_id,
        min(libro_id) as libro_id,
        min(codificador_id) as codificador_id
    from codificaciones
    where es_principal
    group by enunciado_id
),

de_cargas as (
    select
        l.enunciado_id,
        l.libro_id,
        l.codificador_id
    from lecturas as l
    inner join cargas_filas as f
        on
            f.tabla = 'lecturas'
            and f.antes is null
            and f.clave = concat(
                '{"enunciado_id": "', l.enunciado_id,
                '", "libro_id": "', l.libro_id,
                '", "codificador_id": "', l.codificador_id, '"}'
            )
    where l.version = 1
    group by l.enunciado_id, l.libro_id, l.codificador_id
)

select
    s.enunciado_id,
    s.dialogo_id,
    s.dialogo,
    s.es_ficticio,
    s.region_id,
    s.region,
    s.anio,
    s.tema_dialogo_id,
    s.tema_id,
    s.tema_numero,
    s.tema,
    s.mesa_id,
    s.mesa,
    s.nivel_atribucion,
    s.pregunta_id,
    s.pregunta,
    s.texto,
    s.certeza,
    s.reitera_a,
    s.libro,
    c.libro_id,
    c.codificador_id,
    s.codificado_por,
    s.naturaleza,
    s.tipo,
    s.recurso,
    s.instrumentos is not null or d.enunciado_id is null as leyo_instrumentos
from seleccion as s
inner join contadas as c on s.enunciado_id = c.enunciado_id
left join de_cargas as d
    on
        c.enunciado_id = d.enunciado_id
        and c.libro_id = d.libro_id
        and c.codificador_id = d.codificador_id
order by s.posicion
